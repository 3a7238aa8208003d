/** Words by what they stand for, made for this project: short lists of what is common, in English. */
export const lexicons = {
  female: words(
    'Mary Anna Emma Sofia Laura Julia Sarah Maria Nina Clara Alice Ruth Grace Helen Ella Amira Fatima Leila Priya Ananya Mei Yuki Hana Ngozi Amara Zainab Ingrid Astrid Olga Irina',
  ),
  male: words(
    'John David Peter Thomas Paul Mark Daniel Martin Lucas Adam Simon Oliver Henry Jack Samuel Omar Hassan Ahmed Rahul Arjun Wei Hiroshi Kenji Kwame Chidi Tariq Lars Erik Ivan Boris',
  ),
  surname: words(
    'Smith Jones Brown Taylor Wilson Evans Walker Wright Green Baker Garcia Martinez Lopez Silva Santos Rossi Müller Schmidt Novak Kowalski Ivanov Petrov Yilmaz Haddad Khan Patel Singh Chen Wang Tanaka Suzuki Kim Park Nguyen Okafor Mensah Diallo',
  ),
  city: list(
    'London, Paris, Berlin, Madrid, Rome, Vienna, Prague, Warsaw, Athens, Lisbon, Dublin, Oslo, Stockholm, Helsinki, Cairo, Lagos, Nairobi, Accra, Mumbai, Delhi, Karachi, Dhaka, Jakarta, Manila, Bangkok, Hanoi, Tokyo, Osaka, Seoul, Beijing, Shanghai, Sydney, Toronto, Chicago, Boston, Seattle, Denver, Houston, Lima, Bogota, Santiago, Buenos Aires, Mexico City',
  ),
  country: list(
    'France, Germany, Spain, Italy, Austria, Poland, Greece, Portugal, Ireland, Norway, Sweden, Finland, Egypt, Nigeria, Kenya, Ghana, India, Pakistan, Bangladesh, Indonesia, Thailand, Vietnam, Japan, China, Australia, Canada, Mexico, Peru, Colombia, Chile, Argentina, Brazil, Turkey, Iran, Morocco',
  ),
  nationality: words(
    'French German Spanish Italian Austrian Polish Greek Portuguese Irish Norwegian Swedish Finnish Egyptian Nigerian Kenyan Ghanaian Indian Pakistani Indonesian Thai Vietnamese Japanese Chinese Australian Canadian Mexican Peruvian Colombian Chilean Brazilian Turkish Iranian Moroccan',
  ),
  religion: words('Christianity Islam Judaism Hinduism Buddhism Sikhism Taoism Shinto'),
  believer: words('Christian Muslim Jewish Hindu Buddhist Sikh Catholic Protestant Orthodox atheist'),
  orientation: words('straight gay lesbian bisexual heterosexual homosexual asexual queer'),
  ethnicity: words('black white Asian African Arab Latino Hispanic Caucasian Indigenous'),
  profession: words(
    'doctor nurse teacher lawyer engineer driver cook cleaner farmer artist pilot waiter judge plumber scientist secretary',
  ),
  positive: words(
    'good great excellent wonderful lovely brilliant perfect amazing pleasant superb fantastic delightful',
  ),
  negative: words('bad awful terrible horrible poor dreadful unpleasant disappointing boring useless nasty miserable'),
  neutral: words('blue square wooden daily local quiet Italian private commercial annual northern digital'),
  animal: words('cat dog horse cow bird fish mouse goat owl elephant'),
  month: words('January February March April May June July August September October November December'),
  weekday: words('Monday Tuesday Wednesday Thursday Friday Saturday Sunday'),
} as const

function words(text: string): readonly string[] {
  return text.split(' ')
}

function list(text: string): readonly string[] {
  return text.split(', ')
}
