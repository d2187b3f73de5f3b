import { getJson } from './http'
import type { SystemStatus } from './types'

export const getSystem = () => getJson<SystemStatus>('/api/v1/system')
