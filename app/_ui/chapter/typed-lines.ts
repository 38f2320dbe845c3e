/** What somebody typed in a terminal session: its lines after `$ ` or `# `, with continued lines. All of it when there is no prompt. */
export function typedLines(session: string): string {
  const typed: string[] = []
  let continued = false
  for (const line of session.split('\n')) {
    const prompt = /^[$#] (.*)$/.exec(line)
    if (!prompt && !continued) continue
    const text = prompt?.[1] ?? line.replace(/^> /, '')
    typed.push(text)
    continued = text.endsWith('\\')
  }
  return typed.length > 0 ? typed.join('\n') : session
}
