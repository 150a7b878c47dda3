import type { AccountAction } from '../../contract/schemas/account.ts';
import type { CaseKind } from '../../domain/case.ts';
import type { CaseMove } from '../../domain/case-names.ts';

/** What the record keeps besides moves; `restore_requested` and the like: the first of two wishes. */
type Happening =
  | Exclude<CaseMove, 'approve'>
  | AccountAction
  | `submitted.${'online' | 'office'}`
  | `approve.${'record' | 'noRecord'}`
  | 'withdraw.forThem'
  | `${'restore' | 'unlock'}_requested`
  | `mail_${'accepted' | 'struck' | 'bounced' | 'settled_refused' | 'settled_unknown' | 'settled_bounced'}`
  | 'message_resent'
  | 'activation_started'
  | 'invited'
  | 'registration_started'
  | 'link_locked.tries'
  | 'link_refused'
  | 'identity_refused'
  | 'account_verified'
  | 'practice_linked'
  | 'account_opened'
  | 'account_locked'
  | 'signed_in'
  | 'sign_in_refused'
  | 'password_changed'
  | 'email_changed'
  | 'preferences_changed';

type HistoryKeys =
  | `history.${Happening}`
  | `history.who.${'member' | 'person' | 'engine'}`
  | `history.${'because' | 'until' | 'about' | 'duplicate'}`
  | `engineStep.${'mail_accepted' | 'mail_struck' | 'code_issued' | 'code_sent' | 'link_issued' | 'link_sent' | 'reminded'}`;

/**
 * The sentences of the history, complete by their types. `%{who}` stands first where somebody did it; `%{because}`, `%{until}`
 * and `%{mail}` are nothing when nothing is known of them.
 */
export const en = {
  'history.who.member': 'A member',
  'history.who.person': 'The person',
  'history.who.engine': 'Gatehouse',
  'history.because': ': %{reason}',
  'history.until': ', until %{at}',
  'history.about': ': %{mail}',
  'history.duplicate': '%{sentence}; marked as possible duplicate',
  'history.submitted.online': 'Application received online',
  'history.submitted.office': '%{who} keyed in the application',
  'history.claim': '%{who} claimed the case',
  'history.release': '%{who} released the case',
  'history.assign': '%{who} assigned the case to %{assignee}',
  'history.approve.record': '%{who} approved with record %{mrn}%{because}',
  'history.approve.noRecord': '%{who} approved without a record%{because}',
  'history.reject': '%{who} rejected%{because}',
  'history.revoke': '%{who} revoked the approval%{because}',
  'history.requestInformation': '%{who} asked for information%{because}; the clock stands',
  'history.resume': '%{who} resumed%{because}',
  'history.correctAddress': '%{who} corrected the e-mail address',
  'history.reissue': '%{who} asked for a new code; the old one is dead',
  'history.extend': '%{who} extended the time%{until}',
  'history.expireNow': '%{who} ended the code now',
  'history.withdraw': 'The applicant withdrew',
  'history.withdraw.forThem': '%{who} withdrew it for the applicant',
  'history.reopen': '%{who} reopened the case%{because}',
  'history.note': '%{who} wrote a note',
  'history.answer': 'The applicant answered',
  'history.renew': 'The applicant asked for a new code',
  'history.activation_started': 'The applicant typed the code',
  'history.activate': 'The applicant opened the account; the code is used',
  'history.account_opened': 'Account opened',
  'history.notMe': 'Somebody said “this wasn’t me”; staff have to look',
  'history.auto_approved': 'Approved by policy: exactly one record matches',
  'history.turned_due': 'The target passed, the case is due',
  'history.turned_late': 'The promise passed, the case is late; supervisors were told',
  'history.left_unanswered': 'No answer came in time; the application was withdrawn',
  'history.code_issued': 'Access code issued%{until}',
  'history.code_sent': 'The mail relay took the access code',
  'history.reminded': 'A reminder went out',
  'history.code_burned': 'The code was burned by wrong tries; staff have to look',
  'history.code_expired': 'The code expired unused',
  'history.lapsed': 'No new code was asked for in time; the case closed',
  'history.mail_refused': 'A mail was refused; staff have to look',
  'history.mail_unknown': 'The outcome of a mail is unknown; staff have to look',
  'history.record_changed': 'The bound record changed; staff have to look',
  'history.message_resent': '%{who} resent a mail%{mail}',
  'history.mail_accepted': 'The mail relay took a mail%{mail}',
  'history.mail_bounced': 'A mail came back%{mail}',
  'history.mail_settled_refused': 'The mail relay refused a mail%{mail}',
  'history.mail_settled_unknown': 'The mail relay did not say what became of a mail%{mail}',
  'history.mail_settled_bounced': 'A mail came back%{mail}',
  'history.mail_struck': 'A mail was not sent, its reason is gone%{mail}',
  'history.suspend': '%{who} suspended the account%{because}',
  'history.restore': '%{who} restored the account%{because}',
  'history.unlock': '%{who} unlocked the account%{because}',
  'history.close': '%{who} closed the account%{because}',
  'history.changeEmail': '%{who} changed the e-mail address%{because}',
  'history.restore_requested': '%{who} wants to restore the account without a check; a second person has to confirm',
  'history.unlock_requested': '%{who} wants to unlock the account without a check; a second person has to confirm',
  'history.invited': '%{who} sent the registration e-mail%{because}',
  'history.resend': '%{who} asked for a new link; the old one is dead',
  'history.cancel': '%{who} cancelled the registration%{because}',
  'history.correctAddress.registration': '%{who} corrected the e-mail address%{because}; a new link goes there',
  'history.expireNow.registration': '%{who} ended the link now',
  'history.identify': 'The person identified themselves',
  'history.register': 'The person opened the account; the link is used',
  'history.link': 'The person linked the practice to the account they have; the link is used',
  'history.link_issued': 'Registration link issued%{until}',
  'history.link_sent': 'The mail relay took the registration link',
  'history.link_locked': 'The link was locked%{because}; staff have to look',
  'history.link_locked.tries': 'The link was locked after wrong tries; staff have to look',
  'history.link_expired': 'The link expired unused',
  'history.registration_started': 'The person began to register with the link',
  'history.identity_refused': 'What was typed to identify did not fit',
  'history.link_refused': 'Somebody tried to add a practice and could not show that the account is theirs',
  'history.account_verified': 'The person showed that the account is theirs',
  'history.practice_linked': 'One more practice is linked to the account',
  'history.account_locked': 'Locked after too many wrong passwords',
  'history.signed_in': 'Signed in',
  'history.sign_in_refused': 'A sign-in was refused',
  'history.password_changed': 'The person changed the password',
  'history.email_changed': 'The person changed the e-mail address',
  'history.preferences_changed': 'The person changed the preferences',
  'engineStep.mail_accepted': 'mail accepted',
  'engineStep.mail_struck': 'mail not sent any more',
  'engineStep.code_issued': 'code issued',
  'engineStep.code_sent': 'code sent',
  'engineStep.link_issued': 'link issued',
  'engineStep.link_sent': 'link sent',
  'engineStep.reminded': 'reminded',
} as const satisfies Record<HistoryKeys, string> & Partial<Record<`${HistoryKeys}.${CaseKind}`, string>>;

export const es: Record<keyof typeof en, string> = {
  'history.who.member': 'Un miembro',
  'history.who.person': 'La persona',
  'history.who.engine': 'Gatehouse',
  'history.because': ': %{reason}',
  'history.until': ', hasta el %{at}',
  'history.about': ': %{mail}',
  'history.duplicate': '%{sentence}; marcada como posible duplicado',
  'history.submitted.online': 'Solicitud recibida en línea',
  'history.submitted.office': '%{who} introdujo la solicitud',
  'history.claim': '%{who} tomó el caso',
  'history.release': '%{who} soltó el caso',
  'history.assign': '%{who} asignó el caso a %{assignee}',
  'history.approve.record': '%{who} aprobó con la ficha %{mrn}%{because}',
  'history.approve.noRecord': '%{who} aprobó sin ficha%{because}',
  'history.reject': '%{who} rechazó%{because}',
  'history.revoke': '%{who} revocó la aprobación%{because}',
  'history.requestInformation': '%{who} pidió información%{because}; el reloj está parado',
  'history.resume': '%{who} reanudó%{because}',
  'history.correctAddress': '%{who} corrigió la dirección de correo',
  'history.reissue': '%{who} pidió un código nuevo; el viejo murió',
  'history.extend': '%{who} prolongó el plazo%{until}',
  'history.expireNow': '%{who} terminó el código',
  'history.withdraw': 'El solicitante la retiró',
  'history.withdraw.forThem': '%{who} la retiró en nombre del solicitante',
  'history.reopen': '%{who} reabrió el caso%{because}',
  'history.note': '%{who} escribió una nota',
  'history.answer': 'El solicitante respondió',
  'history.renew': 'El solicitante pidió un código nuevo',
  'history.activation_started': 'El solicitante escribió el código',
  'history.activate': 'El solicitante abrió la cuenta; el código está usado',
  'history.account_opened': 'Cuenta abierta',
  'history.notMe': 'Alguien dijo «no fui yo»; el personal tiene que mirarlo',
  'history.auto_approved': 'Aprobada por la política: coincide exactamente una ficha',
  'history.turned_due': 'Pasó el objetivo, el caso urge',
  'history.turned_late': 'Pasó la promesa, el caso va tarde; se avisó a los supervisores',
  'history.left_unanswered': 'No llegó respuesta a tiempo; la solicitud se retiró',
  'history.code_issued': 'Código de acceso emitido%{until}',
  'history.code_sent': 'El servidor de correo aceptó el código de acceso',
  'history.reminded': 'Salió un recordatorio',
  'history.code_burned': 'Intentos fallidos quemaron el código; el personal tiene que mirarlo',
  'history.code_expired': 'El código caducó sin usarse',
  'history.lapsed': 'Nadie pidió otro código a tiempo; el caso se cerró',
  'history.mail_refused': 'Un correo fue rechazado; el personal tiene que mirarlo',
  'history.mail_unknown': 'No se sabe qué fue de un correo; el personal tiene que mirarlo',
  'history.record_changed': 'La ficha unida cambió; el personal tiene que mirarlo',
  'history.message_resent': '%{who} reenvió un correo%{mail}',
  'history.mail_accepted': 'El servidor de correo aceptó un correo%{mail}',
  'history.mail_bounced': 'Un correo fue devuelto%{mail}',
  'history.mail_settled_refused': 'El servidor de correo rechazó un correo%{mail}',
  'history.mail_settled_unknown': 'El servidor de correo no dijo qué fue de un correo%{mail}',
  'history.mail_settled_bounced': 'Un correo fue devuelto%{mail}',
  'history.mail_struck': 'Un correo no se envió, ya no tenía motivo%{mail}',
  'history.suspend': '%{who} suspendió la cuenta%{because}',
  'history.restore': '%{who} restauró la cuenta%{because}',
  'history.unlock': '%{who} desbloqueó la cuenta%{because}',
  'history.close': '%{who} cerró la cuenta%{because}',
  'history.changeEmail': '%{who} cambió la dirección de correo%{because}',
  'history.restore_requested': '%{who} quiere restaurar la cuenta sin comprobación; falta que otra persona lo confirme',
  'history.unlock_requested':
    '%{who} quiere desbloquear la cuenta sin comprobación; falta que otra persona lo confirme',
  'history.invited': '%{who} envió el correo de registro%{because}',
  'history.resend': '%{who} pidió un enlace nuevo; el viejo murió',
  'history.cancel': '%{who} canceló el registro%{because}',
  'history.correctAddress.registration': '%{who} corrigió la dirección de correo%{because}; allí va un enlace nuevo',
  'history.expireNow.registration': '%{who} terminó el enlace',
  'history.identify': 'La persona se identificó',
  'history.register': 'La persona abrió la cuenta; el enlace está usado',
  'history.link': 'La persona vinculó el consultorio a la cuenta que tiene; el enlace está usado',
  'history.link_issued': 'Enlace de registro emitido%{until}',
  'history.link_sent': 'El servidor de correo aceptó el enlace de registro',
  'history.link_locked': 'El enlace se bloqueó%{because}; el personal tiene que mirarlo',
  'history.link_locked.tries': 'El enlace se bloqueó tras intentos fallidos; el personal tiene que mirarlo',
  'history.link_expired': 'El enlace caducó sin usarse',
  'history.registration_started': 'La persona empezó a registrarse con el enlace',
  'history.identity_refused': 'Lo que se escribió para identificarse no coincidió',
  'history.link_refused': 'Alguien quiso agregar un consultorio y no pudo mostrar que la cuenta es suya',
  'history.account_verified': 'La persona mostró que la cuenta es suya',
  'history.practice_linked': 'Un consultorio más está vinculado a la cuenta',
  'history.account_locked': 'Bloqueada tras demasiadas contraseñas equivocadas',
  'history.signed_in': 'Inició sesión',
  'history.sign_in_refused': 'Se rechazó un inicio de sesión',
  'history.password_changed': 'La persona cambió la contraseña',
  'history.email_changed': 'La persona cambió la dirección de correo',
  'history.preferences_changed': 'La persona cambió las preferencias',
  'engineStep.mail_accepted': 'correo aceptado',
  'engineStep.mail_struck': 'correo ya no enviado',
  'engineStep.code_issued': 'código emitido',
  'engineStep.code_sent': 'código enviado',
  'engineStep.link_issued': 'enlace emitido',
  'engineStep.link_sent': 'enlace enviado',
  'engineStep.reminded': 'recordatorio',
};
