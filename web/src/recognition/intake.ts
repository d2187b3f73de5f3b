import { ref } from 'vue'
import { isArchive, sift, type Dropped } from '@/files/chosenFiles'
import { offerBatch } from '@/files/offer'
import { addFiles } from '@/recordings/recordings'
import { system } from '@/session/system'
import { text } from '@/shared/i18n'
import { byteSize } from '@/shared/i18n/format'

/** A larger folder is only offered as a batch. */
const maxListedOfFolder = 100

/** Why files were not listed the last time. */
export const problems = ref<string[]>([])

/** Lists recordings, those in folders too; several of them, folders and archives are also offered as a batch. */
export function take({ files, hasFolder }: Dropped): void {
  // The user chose a folder, but not each file in it.
  const chosen = hasFolder ? sift(files, null).files : files
  const recordings = chosen.map(({ file }) => file).filter(({ name }) => !isArchive(name))
  const listed = hasFolder && recordings.length > maxListedOfFolder ? [] : recordings
  problems.value = listed.map(problemOf).filter(problem => problem !== null)
  addFiles(listed.filter(file => problemOf(file) === null))
  offerBatch(files, hasFolder)
}

function problemOf(file: File): string | null {
  const limit = system.value?.limits.max_upload_bytes ?? null
  if (file.size === 0) return text.value.upload.empty(file.name)
  if (limit !== null && file.size > limit) return text.value.upload.tooLarge(file.name, byteSize(limit))
  return null
}
