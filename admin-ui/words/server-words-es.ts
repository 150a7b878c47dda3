import type { ProblemCode } from '../../contract/problems.ts';

/** Refusals that only programs and people without a staff account meet; they stay in English here. */
type ForOthers =
  | 'no_activation'
  | 'activation_ended'
  | 'no_registration'
  | 'registration_ended'
  | 'no_such_application'
  | 'wrong_step'
  | 'username_taken'
  | 'terms_changed'
  | 'access_code_not_accepted'
  | 'identity_not_matched'
  | 'code_not_accepted'
  | 'username_not_allowed'
  | 'link_not_accepted'
  | 'verification_failed';
export type PlainCode = Exclude<ProblemCode, ForOthers>;

/** Refusals in the words they have when a handler has no better ones; complete by its type. */
export const problemsEs: Readonly<Record<PlainCode, { detail: string; nextStep: string }>> = {
  malformed: {
    detail: 'Lo enviado no es JSON que se pueda leer aquí.',
    nextStep: 'Envíe un objeto JSON en UTF-8, con 16 niveles como máximo.',
  },
  idempotency_key_required: {
    detail: 'Esta llamada cambia algo, así que necesita una clave que permita repetirla sin riesgo.',
    nextStep: 'Envíe Idempotency-Key con 1 a 200 caracteres ASCII visibles, otra para cada deseo nuevo.',
  },
  bad_query: {
    detail: 'Un filtro, orden o página de la dirección no se conoce aquí.',
    nextStep: 'Corrija la parte indicada de la dirección y pregunte de nuevo.',
  },
  not_signed_in: {
    detail: 'Aquí nadie ha iniciado sesión, o se cerró para proteger la cuenta.',
    nextStep: 'Inicie sesión y vuelva a intentarlo.',
  },
  login_unsuccessful: {
    detail: 'Lo escrito no concuerda.',
    nextStep: 'Revise las mayúsculas y los espacios. Tras varios intentos, espere un poco.',
  },
  not_allowed: {
    detail: 'Ninguno de sus papeles permite esto.',
    nextStep: 'Pídalo a alguien con el papel adecuado, o pida el papel a supervisión.',
  },
  not_yours_to_do: {
    detail: 'Su papel lo permite, pero no a usted en este caso: es suyo, trabajó en él, o lo tiene otra persona.',
    nextStep: 'Pídalo a otra persona o a supervisión.',
  },
  csrf_refused: {
    detail: 'La llamada no prueba que la hiciera una página de este sitio.',
    nextStep: 'Abra el sitio mismo e inténtelo allí.',
  },
  applications_closed: {
    detail: 'Ahora no se admiten solicitudes en línea.',
    nextStep: 'Llame o venga.',
  },
  not_found: {
    detail: 'Aquí no hay nada, o no es para usted.',
    nextStep: 'Revise la dirección o vuelva a la lista.',
  },
  not_allowed_now: {
    detail: 'No encaja con cómo están las cosas ahora.',
    nextStep: 'Mire cómo está ahora y elija lo que allí se ofrece.',
  },
  stale_version: {
    detail: 'Alguien se adelantó. Nada suyo se guardó.',
    nextStep: 'Mire lo que hay ahora y decida de nuevo.',
  },
  too_large: {
    detail: 'Lo enviado es más de lo que se admite aquí.',
    nextStep: 'Envíe menos, o en varias partes.',
  },
  unsupported_media_type: {
    detail: 'Lo enviado tiene que ser JSON.',
    nextStep: 'Envíelo como JSON con Content-Type: application/json.',
  },
  validation_failed: {
    detail: 'Algo falta o no está bien.',
    nextStep: 'Corrija los campos indicados y envíe de nuevo. Lo demás no se pierde.',
  },
  reason_required: {
    detail: 'Esto no se puede hacer sin un motivo.',
    nextStep: 'Elija un motivo y envíe de nuevo.',
  },
  idempotency_key_reused: {
    detail: 'La misma clave vino antes con otro contenido.',
    nextStep: 'Envíe un deseo nuevo con otra clave; repita uno viejo tal como era.',
  },
  password_not_allowed: {
    detail: 'Es demasiado corta, demasiado común, o contiene su nombre, su usuario, su correo o nuestro nombre.',
    nextStep: 'Elija otra. Una frase corta es buena: fácil para usted, difícil para otros.',
  },
  too_many_requests: {
    detail: 'Hubo demasiados intentos desde su conexión. A menudo la comparten otras personas.',
    nextStep: 'Nada se pierde. Espere un poco e inténtelo de nuevo.',
  },
  mailed_recently: {
    detail: 'Se envió un correo a esta dirección hace menos de un minuto, o fue el quinto de hoy.',
    nextStep: 'Espere un minuto antes de pedirlo de nuevo; tras el quinto del día, llame.',
  },
  internal_error: {
    detail: 'Algo de nuestro lado no funciona. No es culpa suya.',
    nextStep: 'Inténtelo en unos minutos. Si sigue igual, avise a operación con el número de la solicitud.',
  },
  unavailable: {
    detail: 'Algo de nuestro lado no funciona. No es culpa suya, y nada se ha gastado.',
    nextStep: 'Inténtelo en unos minutos. Pulsar otra vez no hace daño: nada ocurre dos veces.',
  },
};

/** What the server says in fixed words, of fields above all. */
export const plainEs: Readonly<Record<string, string>> = {
  // contract: shapes
  'This is needed.': 'Esto hace falta.',
  'This is not right.': 'Esto no está bien.',
  'This field is not known here.': 'Este campo no se conoce aquí.',
  'This is not known here.': 'Esto no se conoce aquí.',
  'This value is not known here.': 'Este valor no se conoce aquí.',
  'This is not an id.': 'Esto no es un identificador.',
  'This is not a portal.': 'Esto no es un portal.',
  'Give this once.': 'Indíquelo una sola vez.',
  'This has to be a text.': 'Tiene que ser un texto.',
  'This has to be a number.': 'Tiene que ser un número.',
  'This has to be a whole number.': 'Tiene que ser un número entero.',
  'This has to be true or false.': 'Tiene que ser verdadero o falso.',
  'This has to be a list.': 'Tiene que ser una lista.',
  'This has to be an object.': 'Tiene que ser un objeto.',
  'This has to be something else.': 'Tiene que ser otra cosa.',
  'Write an instant in UTC, like 2026-11-21T20:31:00.000Z.':
    'Escriba un instante en UTC, como 2026-11-21T20:31:00.000Z.',
  'Pick one of the reasons offered.': 'Elija uno de los motivos ofrecidos.',
  'Leave out characters that cannot be seen.': 'Quite los caracteres que no se ven.',
  'Type a name.': 'Escriba un nombre.',
  'A name has letters.': 'Un nombre lleva letras.',
  'This date does not exist. Write it as year-month-day, like 1984-02-29.':
    'Esta fecha no existe. Escríbala como año-mes-día, por ejemplo 1984-02-29.',
  'Type your ZIP code, 5 numbers, like 12345.': 'Escriba el código postal, 5 cifras, como 12345.',
  'Type it with the area code, like 617 555 0147.': 'Escríbalo con el prefijo, como 617 555 0147.',
  'Name a language, like en or es.': 'Indique un idioma, como en o es.',
  'Type the password.': 'Escriba la contraseña.',
  'Give each view a name of its own.': 'Dé a cada vista un nombre propio.',
  'Name each case once.': 'Nombre cada caso una sola vez.',
  'Enter an email address.': 'Escriba una dirección de correo electrónico.',
  'This email address is too long. Check it, or use another one.':
    'La dirección es demasiado larga. Revísela o use otra.',
  'Email addresses in quotation marks do not work here. Use another one.':
    'Las direcciones entre comillas no sirven aquí. Use otra.',
  'Enter the name after the @, not a number in brackets.':
    'Después de la @ escriba un nombre, no un número entre corchetes.',
  'Enter an email address in the form name@example.com.': 'Escriba la dirección con la forma nombre@example.com.',
  'A page is a number from 1.': 'Una página es un número desde 1.',
  'This list cannot be sorted by that.': 'Esta lista no se puede ordenar así.',
  'The order is asc or desc.': 'El orden es asc o desc.',
  'There is no entry with this id.': 'No hay una entrada con este identificador.',
  // cases
  'This cannot be a date of birth. Check the year.': 'No puede ser una fecha de nacimiento. Revise el año.',
  'This reason is not offered here': 'Este motivo no se ofrece aquí.',
  'Say in a note what the reason is': 'Diga en una nota cuál es el motivo.',
  'Say how you made sure who the person is': 'Diga cómo se aseguró de quién es la persona.',
  'Type the address': 'Escriba la dirección.',
  'This is the address we have': 'Es la dirección que tenemos.',
  'Ask at least one question': 'Haga al menos una pregunta.',
  'Write the note': 'Escriba la nota.',
  'Choose a member who can sign in': 'Elija a alguien que pueda iniciar sesión.',
  'This member has no role that works on cases': 'Esta persona no tiene un papel que trabaje en casos.',
  'This member does not work for this portal': 'Esta persona no trabaja en este portal.',
  'Choose the patient record of this person': 'Elija la ficha de paciente de esta persona.',
  'A reason is taken only when a record is bound in spite of a difference':
    'Solo se admite un motivo cuando se une una ficha a pesar de una diferencia.',
  'The record matches; no reason is needed': 'La ficha coincide; no hace falta motivo.',
  'Choose an instant that lies ahead': 'Elija un instante futuro.',
  'This record is not one of this portal': 'Esta ficha no es de este portal.',
  'This record is of a person who has died': 'Esta ficha es de una persona fallecida.',
  'This record was merged into another one; choose that one': 'Esta ficha se fusionó con otra; elija esa.',
  'This record is confidential and cannot be opened online': 'Esta ficha es confidencial y no se puede abrir en línea.',
  'This person has an account at this portal already': 'Esta persona ya tiene cuenta en este portal.',
  // registrations
  'This record was merged into another one; send to that one': 'Esta ficha se fusionó con otra; envíe a esa.',
  'This record is confidential and cannot be registered online':
    'Esta ficha es confidencial y no se puede registrar en línea.',
  'The practice of this record is closed': 'El consultorio de esta ficha está cerrado.',
  'This person has an account that shows this record already':
    'Esta persona tiene una cuenta que ya muestra esta ficha.',
  'A registration for this record is open already; resend that one':
    'Ya hay un registro abierto de esta ficha; envíe ese otra vez.',
  'This person is too young for an account of their own': 'Esta persona es demasiado joven para una cuenta propia.',
  'This record has no ZIP code, so the person could not identify':
    'Esta ficha no tiene código postal; la persona no podría identificarse.',
  'There is no e-mail address on file; type one and say why': 'La ficha no tiene correo; escriba uno y diga por qué.',
  'A reason is taken only for another address than the one on file':
    'Solo se admite un motivo para otra dirección que la de la ficha.',
  // campaigns
  'Give it a name.': 'Póngale un nombre.',
  'Give either a file or records.': 'Indique un archivo o fichas.',
  'There is no row below the header line.': 'No hay ninguna fila bajo la línea de cabecera.',
  'This finds no record, or only of people who are active.':
    'No se encuentra ninguna ficha, o solo de personas que ya están activas.',
  // accounts
  'Another account of this portal has this address': 'Otra cuenta de este portal tiene esta dirección.',
  'Without a check of who the person is, two members have to say so. Your wish was noted.':
    'Sin comprobar quién es la persona, tienen que decirlo dos. Su deseo quedó anotado.',
  'Ask a second member who may do this to do the same within 24 hours.':
    'Pida a otra persona que pueda hacerlo que haga lo mismo en 24 horas.',
  // members
  'A member has this address already': 'Alguien del personal ya tiene esta dirección.',
  'Choose portals that exist and that you work for': 'Elija portales que existan y en los que trabaje.',
  'Check that Caps Lock is off and that no blank is too many. After several tries, wait a little. A supervisor can set a new password.':
    'Revise las mayúsculas y los espacios. Tras varios intentos, espere un poco. Supervisión puede poner otra contraseña.',
  'Many people use this password, or it follows a simple pattern. Choose another one.':
    'Muchas personas usan esta contraseña, o sigue un patrón sencillo. Elija otra.',
  'The password holds your username. Choose one without it.':
    'La contraseña contiene el nombre de usuario. Elija otra.',
  'The password holds your name. Choose one without it.': 'La contraseña contiene el nombre. Elija una sin él.',
  'The password holds the name in your email address. Choose one without it.':
    'La contraseña contiene el nombre de la dirección de correo. Elija una sin él.',
  'The password holds a part of our name. Choose one without it.':
    'La contraseña contiene una parte de nuestro nombre. Elija una sin ella.',
  // patient records
  'There is no record below the header line.': 'No hay ninguna ficha bajo la línea de cabecera.',
  'This MRN comes twice in the file.': 'Este MRN está dos veces en el archivo.',
  'An MRN is needed.': 'Hace falta un MRN.',
  'A date of birth is needed, as year-month-day.': 'Hace falta la fecha de nacimiento, como año-mes-día.',
  'Write year-month-day.': 'Escriba año-mes-día.',
  'Name the MRN of the surviving record.': 'Indique el MRN de la ficha que queda.',
  'Write a name, of at most 100 letters.': 'Escriba un nombre de 100 letras como máximo.',
  'This is not an e-mail address.': 'No es una dirección de correo.',
  'This day lies ahead.': 'Este día está por venir.',
  'Write yes or no.': 'Escriba yes o no.',
  'There is no record with this MRN': 'No hay ficha con este MRN.',
  'A record cannot be merged into itself': 'Una ficha no se puede fusionar consigo misma.',
  // policies
  'Name another portal that exists, or none': 'Indique otro portal que exista, o ninguno.',
  'Name a time zone such as America/New_York.': 'Indique una zona horaria como America/New_York.',
  'Name a locale such as en-US.': 'Indique una configuración regional como en-US.',
  'Offer at least one language.': 'Ofrezca al menos un idioma.',
  'Name each language once.': 'Nombre cada idioma una sola vez.',
  'The language of the locale must be one of the languages offered.':
    'El idioma de la configuración regional tiene que ser uno de los ofrecidos.',
  'Name at least one working day.': 'Indique al menos un día laborable.',
  'Days are 1 (Monday) to 7 (Sunday).': 'Los días van del 1 (lunes) al 7 (domingo).',
  'Name each day once.': 'Nombre cada día una sola vez.',
  'Write a time such as 08:30.': 'Escriba una hora como 08:30.',
  'Write a time such as 17:00.': 'Escriba una hora como 17:00.',
  'The office must close after it opens.': 'La oficina tiene que cerrar después de abrir.',
  'Write a day that exists, such as 2026-11-26.': 'Escriba un día que exista, como 2026-11-26.',
  'This day is named twice.': 'Este día está dos veces.',
  'Write an e-mail address.': 'Escriba una dirección de correo.',
  'Write a phone number people can call.': 'Escriba un teléfono al que se pueda llamar.',
  'Write the address of a page, beginning with https:// or /.':
    'Escriba la dirección de una página, que empiece por https:// o por /.',
  'Name a portal, or leave it null.': 'Indique un portal, o ninguno.',
  'Write a colour such as #1f4e79.': 'Escriba un color como #1f4e79.',
  'Write a colour such as #ffffff.': 'Escriba un color como #ffffff.',
  'Name at least one way to sign in.': 'Indique al menos una forma de iniciar sesión.',
  'A shared address cannot be a sign-in name: turn one of the two off.':
    'Una dirección compartida no puede servir para iniciar sesión: quite una de las dos.',
  'Name at least one method, or turn the second factor off.': 'Indique al menos un método, o quite el segundo factor.',
  'The promise cannot end before the target.': 'La promesa no puede terminar antes que el objetivo.',
  'Accounts of this portal have no security questions to answer.':
    'Las cuentas de este portal no tienen preguntas de seguridad.',
  'Reminders go in order, each later than the one before.':
    'Los recordatorios van en orden, cada uno después del anterior.',
  'Write a duration of PT1S or more, such as P60D, P6M or PT24H.':
    'Escriba una duración de PT1S o más, como P60D, P6M o PT24H.',
  'Write a text.': 'Escriba un texto.',
};

/** The same for sentences that hold figures or names; the first that fits counts. */
export const shapedEs: readonly (readonly [shape: RegExp, es: string])[] = [
  [/^Give at least (.+)\.$/, 'Indique al menos $1.'],
  [/^Give at most (.+) of these\.$/, 'Indique $1 como máximo.'],
  [/^Give at most (.+) rows at once; split the file\.$/, 'Como máximo $1 filas de una vez; divida el archivo.'],
  [/^This finds more than (.+) records\. Narrow it\.$/, 'Se encuentran más de $1 fichas. Acote.'],
  [/^Give at most (.+) records at once; split the file\.$/, 'Como máximo $1 fichas de una vez; divida el archivo.'],
  [/^Give at most (.+)\.$/, 'Indique $1 como máximo.'],
  [/^Choose one of: (.+)\.$/, 'Elija uno de: $1.'],
  [/^The least is (.+)\.$/, 'Lo mínimo es $1.'],
  [/^The most is (.+)\.$/, 'Lo máximo es $1.'],
  [/^At least (.+) letters\.$/, 'Al menos $1 letras.'],
  [/^At most (.+) characters\.$/, 'Como máximo $1 caracteres.'],
  [/^Too long by (.+) letters\.$/, 'Sobran $1 letras.'],
  [/^A page holds 1 to (.+) rows\.$/, 'Una página tiene de 1 a $1 filas.'],
  [/^Pages reach to row (.+)\. Narrow the list instead\.$/, 'Las páginas llegan a la fila $1. Acote la lista.'],
  [/^Search for at most (.+) characters that can be seen\.$/, 'Busque con $1 caracteres visibles como máximo.'],
  [/^People can apply from (.+) years of age\.$/, 'Se puede solicitar desde los $1 años.'],
  [/^Choose an instant until (.+)$/, 'Elija un instante hasta $1.'],
  [/^Application (.+) for this person is approved already$/, 'La solicitud $1 de esta persona ya está aprobada.'],
  [
    /^This password is too short\. Use at least (.+) characters; spaces count\.$/,
    'Demasiado corta. Use al menos $1 caracteres; los espacios cuentan.',
  ],
  [/^This password is too long\. Use at most (.+) characters\.$/, 'Demasiado larga. Use $1 caracteres como máximo.'],
  [/^Line (.+): a quote is out of place\.$/, 'Línea $1: unas comillas están fuera de lugar.'],
  [/^The column “(.*)” is not known\. Known are: (.+)\.$/, 'No se conoce la columna «$1». Se conocen: $2.'],
  [/^The column (.+) comes twice\.$/, 'La columna $1 está dos veces.'],
  [/^The header line lacks: (.+)\.$/, 'A la cabecera le falta: $1.'],
  [/^This line has (.+) cells, the header (.+)\.$/, 'Esta línea tiene $1 celdas, la cabecera $2.'],
  [/^We can write in: (.+)\.$/, 'Podemos escribir en: $1.'],
  [
    /^Text on the brand colour needs a contrast of (.+) or more; this is (.+)\.$/,
    'El texto sobre el color de la marca necesita un contraste de $1 o más; este es $2.',
  ],
  [/^Write a whole number from (.+) to (.+)\.$/, 'Escriba un número entero de $1 a $2.'],
  [/^Write a whole number from (.+)\.$/, 'Escriba un número entero desde $1.'],
];
