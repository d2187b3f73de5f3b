import { createApp } from 'vue'
import App from './App.vue'
import '@/shared/styles/elementPlus.css'
import '@/shared/styles/theme.css'
import '@/shared/styles/page.css'

createApp(App).mount('#app')
