/** The colours that MUI needs to compute with; the same values as in look.css, where every colour is named. */
export interface Colours {
  canvas: string;
  surface: string;
  raised: string;
  hover: string;
  line: string;
  line2: string;
  control: string;
  text: string;
  text2: string;
  text3: string;
  accent: string;
  accent2: string;
  fill: string;
  fill2: string;
  onFill: string;
  tint: string;
  late: string;
  due: string;
  ok: string;
}

export const colours: Readonly<Record<'light' | 'dark', Colours>> = {
  light: {
    canvas: '#f3f1ec',
    surface: '#ffffff',
    raised: '#ffffff',
    hover: '#f5f3ef',
    line: '#e7e4dd',
    line2: '#d5d1c8',
    control: '#8b867c',
    text: '#1d1b18',
    text2: '#55514a',
    text3: '#6b665d',
    accent: '#0b5f7d',
    accent2: '#084a62',
    fill: '#0b5f7d',
    fill2: '#084a62',
    onFill: '#ffffff',
    tint: '#e3eff3',
    late: '#ab271d',
    due: '#875000',
    ok: '#1f6a42',
  },
  dark: {
    canvas: '#121211',
    surface: '#1c1b1a',
    raised: '#252422',
    hover: '#242321',
    line: '#2d2b29',
    line2: '#403d39',
    control: '#7d7770',
    text: '#eceae6',
    text2: '#b8b3ab',
    text3: '#9a958c',
    accent: '#5db7d5',
    accent2: '#83cbe3',
    fill: '#1b7290',
    fill2: '#145f79',
    onFill: '#ffffff',
    tint: '#142b34',
    late: '#ff9b8e',
    due: '#efb65c',
    ok: '#7dcb9b',
  },
};
