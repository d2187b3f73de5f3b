import type { components, operations } from './generated/schema'

type Schemas = components['schemas']

export type EmotionKey = Schemas['Emotion']
export type Scores = Schemas['Scores']

export type Recognition = Schemas['Recognition']
export type RecognitionState = Schemas['RecognitionState']
export type RecognitionLinks = Schemas['RecognitionLinks']
export type RecognitionList = Schemas['RecognitionList']
export type RecognitionQuery = NonNullable<operations['ListRecognitions']['parameters']['query']>
export type RecognitionFilter = Omit<RecognitionQuery, 'page' | 'page_size'>
export type ExportQuery = NonNullable<operations['ExportRecognitions']['parameters']['query']>
export type ExportFormat = NonNullable<ExportQuery['format']>
export type DeletionRequest = Schemas['DeletionRequest']
export type Deletion = Schemas['Deletion']
export type RecognitionForm = operations['CreateRecognition']['requestBody']['content']['multipart/form-data']
export type ModelIdentity = Schemas['ModelIdentity']
export type Quality = Schemas['Quality']
export type SpeechOnly = Schemas['SpeechOnly']
export type WaveformPeaks = Schemas['WaveformPeaks']

export type Timeline = Schemas['Timeline']
export type TimelineChannel = Schemas['TimelineChannel']
export type TimelineSegment = Schemas['TimelineSegment']
export type TimelineFormat = NonNullable<NonNullable<operations['GetRecognitionTimeline']['parameters']['query']>['format']>
export type Summary = Schemas['Summary']
export type BilingualNote = Schemas['BilingualNote']

export type Batch = Schemas['Batch']
export type BatchState = Schemas['BatchPhase']
export type BatchList = Schemas['BatchList']
export type BatchAddition = Schemas['BatchAddition']
export type BatchFolderRequest = Schemas['BatchFolderRequest']
export type BatchChangeRequest = Schemas['BatchChangeRequest']
export type BatchItem = Schemas['BatchItem']
export type BatchItemState = Schemas['BatchItemState']
export type BatchItemList = Schemas['BatchItemList']
export type BatchItemQuery = NonNullable<operations['ListBatchItems']['parameters']['query']>
export type BatchExportQuery = NonNullable<operations['ExportBatch']['parameters']['query']>

export type LiveStreamRequest = Schemas['LiveStreamRequest']
export type LiveClientMessage = Schemas['LiveClientMessage']
export type LiveMessage = Schemas['LiveMessage']
export type LiveReady = Schemas['LiveMessageReady']
export type LivePartial = Schemas['LiveMessagePartial']

export type Model = Schemas['Model']
export type ModelList = Schemas['ModelList']
export type Download = Schemas['Download']
export type DownloadRequest = Schemas['DownloadRequest']
export type HubRequest = Schemas['HubRequest']
export type Offer = Schemas['Offer']
export type Hub = Offer['hub']

export type Cluster = Schemas['Cluster']
export type ClusterProgram = Schemas['Program']
export type DeadList = Schemas['DeadList']
export type DeadRecording = Schemas['Dead']

export type System = Schemas['System']
export type Session = Schemas['Session']
export type ErrorDetails = Schemas['Error']
export type ProblemDetails = Schemas['ProblemDetails']
