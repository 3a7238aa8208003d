import * as vitest from 'vitest'
import { install } from './install.ts'

install(vitest)
