interface StepLineProps {
  /** Of all steps, in order. */
  names: readonly string[];
  /** Which of them this is, from 1. */
  number: number;
  /** "Step 2 of 6: date of birth" */
  words(number: number, name: string): string;
}

/** Where a page stands among the steps of its journey, in words and as a bar. */
export function StepLine({ names, number, words }: StepLineProps) {
  return (
    <>
      <p className="step" id="where">
        {words(number, names[number - 1] ?? '')}
      </p>
      <ol className="bar" aria-hidden="true">
        {names.map((name, index) => (
          <li key={name} className={index < number ? 'on' : undefined} />
        ))}
      </ol>
    </>
  );
}
