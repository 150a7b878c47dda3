import { createTheme, type Theme, type ThemeOptions } from '@mui/material/styles';
import { type Colours, colours } from './tokens.ts';

/** The look of the back office for whatever is made of MUI; what is not is in look.css. */
export function gatehouse(mode: 'light' | 'dark'): Theme {
  const c = colours[mode];
  const options: ThemeOptions = {
    palette: paletteOf(mode, c),
    typography: {
      fontFamily: '"Inter Variable", system-ui, sans-serif',
      fontWeightBold: 600,
      h1: { fontSize: '1.25rem', fontWeight: 600, letterSpacing: '-0.015em' },
      h2: { fontSize: '.875rem', fontWeight: 600 },
      body1: { fontSize: '.875rem' },
      body2: { fontSize: '.8125rem', lineHeight: '20px' },
      caption: { fontSize: '.75rem' },
      button: { fontSize: '.8125rem', fontWeight: 500, textTransform: 'none' },
    },
    shape: { borderRadius: 6 },
    components: componentsOf(c),
  };
  return createTheme(options);
}

function paletteOf(mode: 'light' | 'dark', c: Colours): NonNullable<ThemeOptions['palette']> {
  return {
    mode,
    primary: { main: c.accent, dark: c.accent2, contrastText: c.onFill },
    error: { main: c.late },
    warning: { main: c.due },
    success: { main: c.ok },
    info: { main: c.accent },
    divider: c.line,
    text: { primary: c.text, secondary: c.text2, disabled: c.text3 },
    background: { default: c.canvas, paper: c.surface },
    action: { hover: c.hover, selected: c.tint, focus: c.tint, disabled: c.text3, disabledBackground: c.hover },
  };
}

function componentsOf(c: Colours): NonNullable<ThemeOptions['components']> {
  const floating = { backgroundImage: 'none', backgroundColor: c.raised, border: `1px solid ${c.line}` };
  return {
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: {
      defaultProps: { disableElevation: true, variant: 'outlined', color: 'inherit' },
      styleOverrides: { root: { height: 32, padding: '0 12px', borderColor: c.line2 } },
      variants: [
        {
          props: { variant: 'contained', color: 'primary' },
          style: { background: c.fill, color: c.onFill, '&:hover': { background: c.fill2 } },
        },
      ],
    },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiAppBar: { defaultProps: { color: 'transparent', elevation: 0 } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'none' } },
    MuiOutlinedInput: { styleOverrides: { notchedOutline: { borderColor: c.control } } },
    MuiTableCell: { styleOverrides: { root: { height: 36, padding: '0 8px', borderColor: c.line } } },
    MuiSvgIcon: { styleOverrides: { root: { fontSize: '1rem', '&.l': { fontSize: '1.25rem' } } } },
    MuiTab: { styleOverrides: { root: { minHeight: 40, minWidth: 0 } } },
    MuiChip: { styleOverrides: { root: { height: 22, borderRadius: 4 } } },
    MuiDialog: { styleOverrides: { paper: { ...floating, borderRadius: 12 } } },
    MuiMenu: { styleOverrides: { paper: { ...floating, borderRadius: 8, boxShadow: 'var(--shadow-2)' } } },
    MuiMenuItem: { styleOverrides: { root: { fontSize: '.8125rem', minHeight: 32 } } },
    MuiTooltip: {
      defaultProps: { enterDelay: 300 },
      styleOverrides: { tooltip: { fontSize: '.75rem', background: '#26241f', color: '#f4f2ee' } },
    },
    MuiCheckbox: {
      defaultProps: {
        // MUI names the wrapping span; the name belongs to the box itself.
        slotProps: {
          input: (own: { 'aria-label'?: string }) => ({ 'aria-label': own['aria-label'] }),
          root: { 'aria-label': undefined },
        },
      },
    },
  };
}
