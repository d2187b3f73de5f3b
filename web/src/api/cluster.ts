import { basePath, getJson, send } from './http'
import type { Cluster, DeadList } from './schema'

const root = `${basePath}/api/v1/cluster`

export const getCluster = (signal?: AbortSignal) => getJson<Cluster>(root, signal)
export const listDead = (signal?: AbortSignal) => getJson<DeadList>(`${root}/dead`, signal)

/** Follows a link of a program: drain or resume. */
export async function steer(link: string): Promise<Cluster> {
  return (await (await send(link, { method: 'POST' })).json()) as Cluster
}
