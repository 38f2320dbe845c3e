/** What a chapter has at its end, so that a test may write of the rest alone. */
const question = '<Question ask="What?">\n\nThat.\n\n</Question>\n'

export const demandedParts = `
## See it on your machine

<Figure title="A line" describes="A line from the wire to the app.">

A line.

</Figure>

## Where common articles are imprecise

Here.

## Recall

<Recall>
${question.repeat(5)}
</Recall>
`
