import { nextTick, watch } from 'vue'
import { router } from './route'

/**
 * Keeps a part of a view's state in the query of the address, so that a reload, a link and a second tab show the same.
 *
 * @param write Returns the values; an empty one is left out of the address.
 * @param read Takes the values of an address, which may be anything that a person typed. A missing one is empty.
 */
export function useAddress<K extends string>(write: () => Record<K, string>, read: (values: Record<K, string>) => void) {
  const { path } = router.currentRoute.value
  let restoring = false

  /** Changes the state without a change of the address. */
  function restore(change: () => void) {
    restoring = true
    change()
    void nextTick(() => (restoring = false))
  }

  function fromAddress(): Record<K, string> {
    const { query } = router.currentRoute.value
    const names = Object.keys(write()) as K[]
    return Object.fromEntries(names.map(name => [name, typeof query[name] === 'string' ? query[name] : ''])) as Record<K, string>
  }

  const isSame = (one: Record<K, string>, other: Record<K, string>) => (Object.keys(one) as K[]).every(name => one[name] === other[name])

  if (!isSame(fromAddress(), write())) restore(() => read(fromAddress()))
  watch(write, values => {
    if (restoring || isSame(fromAddress(), values)) return
    const query = { ...router.currentRoute.value.query, ...values }
    void router.replace({ query: Object.fromEntries(Object.entries(query).filter(([, value]) => value)) })
  })
  watch(
    () => router.currentRoute.value,
    ({ path: now }) => {
      if (now === path && !isSame(fromAddress(), write())) restore(() => read(fromAddress()))
    },
  )
  return { isRestoring: () => restoring, restore }
}
