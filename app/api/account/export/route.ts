/** A form: everything of whoever asks, as one tar. A file at a time: a large export takes no large memory. What cannot be had is said on their page. */
import { PassThrough, Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { classroom } from '#/app/_server/classroom.ts'
import { personForm } from '#/app/_server/form.ts'
import type { ExportFile } from '#/classroom/export.ts'

export function POST(request: Request): Promise<Response> {
  return personForm(request, { back: '/account' }, async (person) => {
    const files = (await classroom()).exportOf(person)
    // Whatever cannot be had at all is said before the download begins.
    const first = await files.next()
    const body = Readable.toWeb(tarOf(first, files)) as ReadableStream<Uint8Array>
    return new Response(body, {
      headers: {
        'content-type': 'application/x-tar',
        'content-disposition': 'attachment; filename="ringside-export.tar"',
        'cache-control': 'no-store',
      },
    })
  })
}

function tarOf(first: IteratorResult<ExportFile>, files: AsyncGenerator<ExportFile>): Readable {
  const tar = pack()
  const out = new PassThrough()
  // tar-stream brings its own streams; the web's want Node's. A file that fails breaks the download off, which a browser shows.
  tar.on('error', (error) => out.destroy(error))
  fill(tar, first, files).catch((error) => out.destroy(error))
  out.on('close', () => tar.destroy())
  return tar.pipe(out)
}

async function fill(
  tar: ReturnType<typeof pack>,
  first: IteratorResult<ExportFile>,
  files: AsyncGenerator<ExportFile>,
) {
  for (let next = first; !next.done; next = await files.next()) {
    const { name, content } = next.value
    await new Promise<void>((resolve, reject) => {
      tar.entry({ name: `ringside/${name}`, mtime: new Date() }, Buffer.from(content), (error) =>
        error ? reject(error) : resolve(),
      )
    })
  }
  tar.finalize()
}
