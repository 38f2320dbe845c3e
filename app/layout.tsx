/** The document around every page: faces, theme, the way past the header. Knows no person. */
import './globals.css'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { environment } from './_server/environment.ts'
import { languageScript } from './_server/language.ts'
import { roomIsOpen } from './_server/room/open.ts'
import { frameText } from './_text/en.ts'
import { direction, language } from './_text/language.ts'
import { faces } from './_ui/frame/fonts.ts'
import { barColours, parseTheme, themeCookie } from './_ui/frame/theme.ts'
import { Keys } from './_ui/palette/Keys.tsx'
import { RoomSeat } from './_ui/room/bar/RoomSeat.tsx'

export const metadata: Metadata = {
  title: { default: frameText.product, template: `%s · ${frameText.product}` },
  description: frameText.description,
}

export async function generateViewport(): Promise<Viewport> {
  const [light, dark] = barColours(await chosenTheme())
  return {
    themeColor: [
      { media: '(prefers-color-scheme: light)', color: light },
      { media: '(prefers-color-scheme: dark)', color: dark },
    ],
  }
}

const chosenTheme = async () => parseTheme((await cookies()).get(themeCookie)?.value)

export default async function RootLayout({ children }: { children: ReactNode }) {
  const isClassroom = environment().RINGSIDE_MODE === 'classroom'
  const theme = await chosenTheme()
  return (
    <html
      lang={language}
      dir={direction === 'rtl' ? direction : undefined}
      className={faces}
      data-theme={theme === 'auto' ? undefined : theme}
    >
      <LanguageHead />
      <body>
        <a
          href="#content"
          className="fixed left-3 top-3 z-50 -translate-y-20 rounded-[3px] bg-ink px-4 py-2 text-sm text-paper focus:translate-y-0 print:hidden"
        >
          {frameText.skip}
        </a>
        {isClassroom && <RoomSeat open={await roomIsOpen()} />}
        {children}
        <Keys />
        <WhileWriting />
      </body>
    </html>
  )
}

/** A language other than English comes to a browser before whatever asks for its texts: no `async`, or a page would be drawn in two. */
async function LanguageHead() {
  const script = languageScript()
  if (!script) return null
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <head>
      <script src={script.address} nonce={nonce} suppressHydrationWarning />
    </head>
  )
}

async function WhileWriting() {
  if (process.env.NODE_ENV === 'development') {
    const { SavedFiles } = await import('./_ui/frame/SavedFiles.tsx')
    return <SavedFiles />
  }
  return null
}
