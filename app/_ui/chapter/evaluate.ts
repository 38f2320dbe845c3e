/**
 * A compiled chapter as a component. The code runs here, on the server, over the app's own React: chapters are written by trusted authors,
 * and the browser needs no permission to evaluate anything. Knows no chapter's content.
 */
import 'server-only'
import * as React from 'react'
import * as jsxRuntime from 'react/jsx-runtime'

export type ChapterBody = React.ComponentType<{ components: Record<string, unknown> }>

const evaluated = new Map<string, { code: string; body: ChapterBody }>()

export function evaluateChapter(slug: string, code: string): ChapterBody {
  const known = evaluated.get(slug)
  if (known?.code === code) return known.body
  const run = new Function('React', 'ReactDOM', '_jsx_runtime', code)
  const { default: body } = run(React, {}, jsxRuntime) as { default: ChapterBody }
  evaluated.set(slug, { code, body })
  return body
}
