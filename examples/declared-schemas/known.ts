/** What does not hold in vega-datasets 3.2.1, by resource: the finding, and why. A change of the truth fails the example. */
export const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cars: {
    'Miles_per_Gallon: values of type integer': '139 of 398 cars have a fraction, e.g. 17.5: the field is a number',
  },
  countries: {
    'the table: no extra columns': 'p_fertility and p_life_expect are not declared',
  },
  flare: {
    'the table: no extra columns': 'parent and size are not declared',
  },
  flights_2k: {
    'date: values of type datetime':
      'written 2001/01/01 06:55; the default format is ISO 8601, so "%Y/%m/%d %H:%M" is missing',
  },
  flights_5k: {
    'date: values of type datetime': 'as in flights_2k',
  },
  flights_10k: {
    'date: values of type datetime': 'as in flights_2k',
  },
  flights_20k: {
    'date: values of type datetime': 'as in flights_2k',
  },
  monarchs: {
    'the table: no extra columns': 'commonwealth is not declared',
  },
  movies: {
    'Title: values that hold to type': 'nine titles are numbers, e.g. 1776 and 1941, the other 3,191 texts',
    'Release Date: values of type date': 'written Jun 12 1998; the format "%b %d %Y" is missing',
  },
  political_contributions: {
    'Coverage_End_Date: values of type date': 'written 01/31/2015; the format "%m/%d/%Y" is missing',
  },
  sp500: {
    'date: values of type date': 'written Jan 1 2000; the format "%b %d %Y" is missing',
  },
  stocks: {
    'date: values of type date': 'written Jan 1 2000; the format "%b %d %Y" is missing',
  },
}
