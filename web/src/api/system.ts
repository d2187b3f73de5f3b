import { basePath, getJson } from './http'
import type { System } from './schema'

export const getSystem = () => getJson<System>(`${basePath}/api/v1/system`)
