import { ref } from 'vue'

export type Page = 'recognize' | 'live' | 'batches' | 'history' | 'models' | 'cluster'

/**
 * A hash route: "#/live", "#/history", "#/models", "#/cluster", "#/recognitions/ID", "#/batches", "#/batches/12", "#/batches/12/items/3";
 * everything else is the start page.
 */
export interface Route {
  page: Page
  recognition: string | null
  batch: number | null
  /** Number of a recording in the batch. */
  item: number | null
}

export const route = ref(parse())

export const pageHref = (page: Page) => (page === 'recognize' ? '#/' : `#/${page}`)
export const recognitionHref = (id: string) => `#/recognitions/${encodeURIComponent(id)}`
export const batchHref = (id: number) => `#/batches/${id}`
export const itemHref = (batch: number, item: number) => `#/batches/${batch}/items/${item}`

export function leaveRecognition(): void {
  if (!route.value.recognition) return
  history.replaceState(null, '', '#/')
  route.value = parse()
}

window.addEventListener('hashchange', () => (route.value = parse()))

function parse(): Route {
  const [, page, id, , item] = location.hash.split('/')
  const nothing = { recognition: null, batch: null, item: null }
  if (['live', 'history', 'models', 'cluster'].includes(page ?? '')) return { ...nothing, page: page as Page }
  if (page === 'batches') return { ...nothing, page, batch: whole(id), item: whole(item) }
  return { ...nothing, page: 'recognize', recognition: page === 'recognitions' && id ? decodeURIComponent(id) : null }
}

function whole(text: string | undefined): number | null {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : null
}
