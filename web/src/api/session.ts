import { basePath, getJson, send } from './http'
import type { Session } from './schema'

export const getSession = () => getJson<Session>(`${basePath}/api/v1/session`)

export async function logIn(credentials: { username: string; password: string } | { api_key: string }): Promise<void> {
  await send(`${basePath}/login`, { method: 'POST', body: new URLSearchParams({ ...credentials }) })
}

export async function logOut(): Promise<void> {
  await send(`${basePath}/logout`, { method: 'POST' })
}
