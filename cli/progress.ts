/**
 * Progress of long work on stderr: on a terminal one living line, elsewhere plain lines that a log keeps. Knows no step.
 */

export interface Progress {
  /** Runs one step; `note` tells what it is doing now. The outcome line carries the elapsed time. */
  step<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>
}

export interface ProgressStream {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

export function createProgress(stream: ProgressStream = process.stderr): Progress {
  return {
    async step(title, work) {
      const line = stream.isTTY ? livingLine(stream, title) : plainLines(stream, title)
      const started = performance.now()
      try {
        const result = await work(line.note)
        line.end(`✓ ${title}  ${seconds(performance.now() - started)}`)
        return result
      } catch (error) {
        line.end(`✗ ${title}  ${seconds(performance.now() - started)}`)
        throw error
      }
    },
  }
}

export function seconds(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`
}

interface Line {
  note(text: string): void
  end(text: string): void
}

function livingLine(stream: ProgressStream, title: string): Line {
  const started = performance.now()
  let note = ''
  let frame = 0
  const draw = () => {
    const text = `${frames[frame++ % frames.length]} ${title}  ${seconds(performance.now() - started)}  ${note}`
    stream.write(`\r\x1b[K${text.slice(0, (stream.columns ?? 80) - 1)}`)
  }
  draw()
  const timer = setInterval(draw, 120)
  timer.unref()
  return {
    note(text) {
      note = firstLine(text)
    },
    end(text) {
      clearInterval(timer)
      stream.write(`\r\x1b[K${text}\n`)
    },
  }
}

/** A log wants to see that something moves, not every line of apt: at most one note in five seconds, at least a sign of life in fifteen. */
function plainLines(stream: ProgressStream, title: string): Line {
  const started = performance.now()
  let last = started
  let note = ''
  let written = ''
  stream.write(`  ${title} …\n`)
  const timer = setInterval(() => {
    const now = performance.now()
    if (now - last < (note === written ? 15_000 : 5_000)) return
    last = now
    written = note
    stream.write(`  ${title}, ${seconds(now - started)}${note ? `: ${note}` : ''}\n`)
  }, 500)
  timer.unref()
  return {
    note(text) {
      note = firstLine(text)
    },
    end(text) {
      clearInterval(timer)
      stream.write(`${text}\n`)
    },
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0]?.trim() ?? ''
