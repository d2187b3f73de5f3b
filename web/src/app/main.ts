import { createApp } from 'vue'
import { router } from '@/shared/layout/route'
import App from './App.vue'
import '@/shared/styles/elementPlus.css'
import '@/shared/styles/theme.css'
import '@/shared/styles/page.css'

createApp(App).use(router).mount('#app')
