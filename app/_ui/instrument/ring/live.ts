/** What comes over the wire when a reader is near, in one piece. */
export { Live } from '../Live.tsx'
export { instrument } from './face.tsx'
