import { ElMessage } from 'element-plus'
import { ref } from 'vue'
import { copyText } from '@/shared/dom/copyText'
import { text } from '@/shared/i18n'

/** Copies text; `copied` is true for two seconds after that. */
export function useCopy() {
  const copied = ref(false)

  async function copy(what: string) {
    copied.value = await copyText(what)
    if (!copied.value) ElMessage.error(text.value.result.notCopied)
    setTimeout(() => (copied.value = false), 2000)
  }

  return { copied, copy }
}
