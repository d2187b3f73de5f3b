import { computed, reactive, shallowRef } from 'vue'
import { sift, type ChosenFile, type LeftOut } from '@/files/chosenFiles'
import { system } from '@/session/system'
import { sizeOf } from './uploadGroups'

/** Files that are chosen for a batch, and those that are left out. */
export function useChosen() {
  // Not deep: there may be 100,000 files.
  const files = shallowRef<ChosenFile[]>([])
  const leftOut = shallowRef<LeftOut[]>([])

  function add(chosen: ChosenFile[]) {
    const sifted = sift(chosen, system.value?.limits.max_upload_bytes ?? null)
    const known = new Set(files.value.map(({ path }) => path))
    files.value = [...files.value, ...sifted.files.filter(({ path }) => !known.has(path))]
    leftOut.value = [...leftOut.value, ...sifted.leftOut]
  }

  function clear() {
    files.value = []
    leftOut.value = []
  }

  return reactive({ files, leftOut, bytes: computed(() => sizeOf(files.value)), add, clear })
}

export type Chosen = ReturnType<typeof useChosen>
