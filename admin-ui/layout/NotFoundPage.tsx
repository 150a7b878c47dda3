import SearchOffOutlined from '@mui/icons-material/SearchOffOutlined';
import { Link } from 'react-router';
import { Empty } from '../parts/Empty.tsx';
import { usePageTitle } from '../parts/use-title.ts';
import { useWords } from '../words/use-words.ts';

export function NotFoundPage() {
  const say = useWords();
  usePageTitle(say('notFound.title'));
  return (
    <Empty
      isPage
      icon={<SearchOffOutlined className="i" />}
      title={say('notFound.title')}
      actions={
        <Link className="btn" to="/queue">
          {say('notFound.queue')}
        </Link>
      }
    >
      {say('notFound.why')}
    </Empty>
  );
}
