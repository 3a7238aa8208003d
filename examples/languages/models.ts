import { model } from 'assay'
import { franc } from 'franc'
import { franc as small } from 'franc-min'

/** Which language a text is in, as ISO 639-3 says it; `und` where it cannot tell. 187 languages. */
export const all = model('franc@6.2.0', (text: string) => franc(text))

/** The same for the 82 languages that most people speak. */
export const common = model('franc-min@6.2.0', (text: string) => small(text))
