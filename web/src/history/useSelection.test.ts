import { expect, test } from 'vitest'
import { ref } from 'vue'
import type { Recognition } from '@/api/schema'
import { mostSelected, useSelection } from './useSelection'

const page = (...ids: string[]) => ids.map(id => ({ id })) as Recognition[]

test('a page is selected and deselected as a whole', () => {
  const { selected, onPage, selectPage } = useSelection(ref(page('a', 'b')))
  selectPage(true)
  expect([...selected.value]).toEqual(['a', 'b'])
  expect(onPage.value).toBe(2)
  selectPage(false)
  expect(selected.value.size).toBe(0)
})

test('a selection stays when the page is turned', () => {
  const items = ref(page('a', 'b'))
  const { selected, onPage, select, selectPage } = useSelection(items)
  select(['a'], true)
  items.value = page('c', 'd')
  expect(onPage.value).toBe(0)
  selectPage(true)
  expect([...selected.value]).toEqual(['a', 'c', 'd'])
})

test('no more are selected than a request may name', () => {
  const { selected, selectPage } = useSelection(ref(page(...Array.from({ length: mostSelected + 1 }, (_, i) => `${i}`))))
  selectPage(true)
  expect(selected.value.size).toBe(mostSelected)
})
