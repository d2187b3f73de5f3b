import { basePath, getJson } from './http'
import type { SystemStatus } from './types'

export const getSystem = () => getJson<SystemStatus>(`${basePath}/api/v1/system`)
