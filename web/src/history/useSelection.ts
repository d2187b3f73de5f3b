import { computed, ref, type Ref } from 'vue'
import type { Recognition } from '@/api/schema'

/** The most recognitions that one request of the server accepts. */
export const mostSelected = 1000

/** The selected recognitions, on this page and on others; a recognition stays selected when the page is turned. */
export function useSelection(items: Ref<Recognition[]>) {
  const selected = ref(new Set<string>())
  const onPage = computed(() => items.value.filter(({ id }) => selected.value.has(id)).length)

  function select(ids: string[], isSelected: boolean) {
    for (const id of ids) {
      if (!isSelected) selected.value.delete(id)
      else if (selected.value.size < mostSelected) selected.value.add(id)
    }
  }

  const selectPage = (isSelected: boolean) =>
    select(
      items.value.map(({ id }) => id),
      isSelected,
    )

  const clear = () => selected.value.clear()

  return { selected, onPage, select, selectPage, clear }
}
