import { ref } from 'vue'

export type Page = 'recognize' | 'live' | 'history' | 'models'

/** A hash route: "#/live", "#/history", "#/models", "#/recognitions/ID"; everything else is the start page. */
export interface Route {
  page: Page
  recognition: string | null
}

export const route = ref(parse())

export const pageHref = (page: Page) => (page === 'recognize' ? '#/' : `#/${page}`)
export const recognitionHref = (id: string) => `#/recognitions/${encodeURIComponent(id)}`

export function leaveRecognition(): void {
  if (!route.value.recognition) return
  history.replaceState(null, '', '#/')
  route.value = parse()
}

window.addEventListener('hashchange', () => (route.value = parse()))

function parse(): Route {
  const [, page, id] = location.hash.split('/')
  if (page === 'live' || page === 'history' || page === 'models') return { page, recognition: null }
  return { page: 'recognize', recognition: page === 'recognitions' && id ? decodeURIComponent(id) : null }
}
