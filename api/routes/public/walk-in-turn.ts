import type { Database } from '../../../store/database.ts';
import { type RegistrationStepName, type RegistrationWalk, walkById } from '../../../store/registration-walks.ts';
import { oneAfterAnother } from '../../one-after-another.ts';
import { registrationEnded } from '../../registration-ended.ts';
import { refuseOtherStep } from './registration-view.ts';

const inTurn = oneAfterAnother();

/**
 * Takes a step of a registration that costs hashes when its turn has come, with the walk as it stands then: of many sent at once only
 * those that can still count are hashed. Raises `registration_ended` and `wrong_step`.
 */
export function atItsTurn<Result>(
  database: Database,
  { id }: Pick<RegistrationWalk, 'id'>,
  step: RegistrationStepName,
  work: (walk: RegistrationWalk) => Promise<Result>,
): Promise<Result> {
  return inTurn(id, async () => {
    const walk = await walkById(database, id);
    if (!walk.isRunning) throw registrationEnded(walk.endedAs);
    refuseOtherStep(walk, step);
    return work(walk);
  });
}
