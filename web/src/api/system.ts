import { getJson } from './http'
import type { Models, SystemStatus } from './types'

export const getSystem = () => getJson<SystemStatus>('/api/v1/system')

export const getModels = () => getJson<Models>('/api/v1/models')
