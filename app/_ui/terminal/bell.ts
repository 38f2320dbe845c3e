/** What a shell's bell does, at most four times a second: a program can ring it ten thousand times. Knows no shell and no settings' keeping. */
import type { Bell } from './settings.ts'

const restMs = 250
const lengthMs = 160

/** Returns what rings it. `now` and `sound` are for tests. */
export function makeBell(
  element: Pick<HTMLElement, 'dataset'>,
  now: () => number = () => performance.now(),
  sound: () => void = beep,
): (bell: Bell) => void {
  let last = -restMs
  let timer: ReturnType<typeof setTimeout> | undefined
  return (bell) => {
    if (bell === 'none' || now() - last < restMs) return
    last = now()
    if (bell === 'sound') return sound()
    element.dataset.bell = ''
    clearTimeout(timer)
    timer = setTimeout(() => delete element.dataset.bell, lengthMs)
  }
}

let audio: AudioContext | undefined

/** 440 Hz, quiet, faded in and out so that it does not click. A page that nobody has touched yet stays silent. */
function beep(): void {
  audio ??= new AudioContext()
  void audio.resume()
  const { currentTime: from, destination } = audio
  const to = from + lengthMs / 1000
  const loudness = audio.createGain()
  loudness.gain.setValueAtTime(0, from)
  loudness.gain.linearRampToValueAtTime(0.08, from + 0.01)
  loudness.gain.linearRampToValueAtTime(0, to)
  const tone = audio.createOscillator()
  tone.frequency.value = 440
  tone.connect(loudness).connect(destination)
  tone.start(from)
  tone.stop(to)
}
