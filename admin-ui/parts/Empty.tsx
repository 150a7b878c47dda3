import type { ReactNode } from 'react';

/** What a place is when there is nothing: what would be here, and what to do. */
export function Empty({ icon, title, children, actions, isPage }: EmptyProps) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className="empty">
      {icon}
      <Title>{title}</Title>
      <p>{children}</p>
      {actions && <div className="row">{actions}</div>}
    </div>
  );
}

interface EmptyProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** It is the whole page, its title the page's. */
  isPage?: boolean;
}
