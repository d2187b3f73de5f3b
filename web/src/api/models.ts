import { basePath, getJson, send } from './http'
import type { DownloadRequest, Hub, HubRequest, ModelList, Offer } from './schema'

const root = `${basePath}/api/v1/models`
const of = (id: string, what = '') => `${root}/${encodeURIComponent(id)}${what}`

/** Lists the models; the server makes no outbound request. */
export const getModels = (signal?: AbortSignal) => getJson<ModelList>(root, signal)

/** Lets the server query a hub; null queries all hubs and uses the first response. */
export async function getOffer(id: string, from: Hub | null, signal: AbortSignal): Promise<Offer> {
  return (await (await post(of(id, '/offer'), { from } satisfies HubRequest, signal)).json()) as Offer
}

export async function downloadModel(id: string, from: Hub | null, partial: boolean): Promise<void> {
  await post(of(id, '/download'), { from, partial } satisfies DownloadRequest)
}

export async function cancelDownload(id: string): Promise<void> {
  await send(of(id, '/download'), { method: 'DELETE' })
}

export async function activateModel(id: string): Promise<void> {
  await send(of(id, '/activate'), { method: 'POST' })
}

export async function removeModel(id: string): Promise<void> {
  await send(of(id), { method: 'DELETE' })
}

const post = (url: string, body: unknown, signal?: AbortSignal) =>
  send(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), signal })
