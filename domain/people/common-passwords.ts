/**
 * Whether a password, taken whole and without letter case, is one that is guessed first: on the list, one short unit
 * repeated, or a plain run along the alphabet, the digits or a keyboard. Blanks make no difference.
 */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase().replace(/\s/gu, '');
  return common.has(text) || isRepeatedUnit(text) || isRun(text);
}

/** Longer units carry enough of their own: the shortest password allowed. */
const longestUnit = 14;

/** "passwordpassword", "aaaaaaaaaaaaaaa", "abcabcabcabcabca": a unit at least twice, the last one possibly cut off. */
function isRepeatedUnit(text: string): boolean {
  for (let unit = 1; unit <= Math.min(longestUnit, text.length / 2); unit += 1) {
    if (text.slice(unit) === text.slice(0, -unit)) return true;
  }
  return false;
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '1234567890-=',
  'qwertyuiop[]asdfghjklzxcvbnm',
  'qwertyuiopasdfghjkl;zxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qazwsxedcrfvtgbyhnujmikolp',
  'a1b2c3d4e5f6g7h8i9j0',
  '1a2b3c4d5e6f7g8h9i0j',
];
/** Doubled, so that runs which begin again are found; and backwards. */
const roads = rows.flatMap((row) => [row + row, [...(row + row)].reverse().join('')]);

/** Shorter pieces are part of ordinary words. */
const shortestPiece = 4;

/** The whole text is made of pieces of such rows: "qwertyuiopasdfg", "1234567890qwerty", "abcdefgh12345678". */
function isRun(text: string): boolean {
  let from = 0;
  while (from < text.length) {
    const length = longestPiece(text, from);
    if (length < shortestPiece) return false;
    from += length;
  }
  return text.length > 0;
}

function longestPiece(text: string, from: number): number {
  let length = 0;
  while (from + length < text.length && roads.some((road) => road.includes(text.slice(from, from + length + 1)))) {
    length += 1;
  }
  return length;
}

/** The heads of the published lists, 8 characters and more; the 15 and more are what long rules bring forth. */
const common: ReadonlySet<string> = new Set(
  `
password password1 password2 password3 password7 password9 password12 password123 password1234 password12345
password123456 password1234567 password12345678 password123456789 password1234567890 passw0rd p@ssw0rd p@ssword
p@ssw0rd1 p@ssw0rd123 p@ssw0rd1234 pa55word pa55w0rd passwort password! password1! password123! mypassword
mypassword1 mypassword123 thisismypassword thisisapassword thisismypassword1 thisismypassword123 mysecretpassword
mysecurepassword securepassword securepassword123 strongpassword strongpassword123 longpassword averylongpassword
verylongpassword averylongpassword1 averylongpassword123 superlongpassword reallylongpassword areallylongpassword
newpassword newpassword1 newpassword123 oldpassword temppassword temppassword123 temporarypassword defaultpassword
changeme changeme1 changeme123 changeme1234 changeme12345 pleasechangeme changemeplease changemenow changethispassword
letmein1 letmein12 letmein123 letmein1234 letmeinplease pleaseletmein letmeinnow
iloveyou iloveyou1 iloveyou2 iloveyou12 iloveyou123 iloveyou1234 iloveyouforever iloveyousomuch iloveyoubaby iloveyou143
ilovemyfamily ilovemymom ilovemydad ilovemydog ilovemycat ilovemykids ilovemywife ilovemyhusband ilovemychildren
iloveyouverymuch iloveyouwithallmyheart iloveyouhoney ilovejesus ilovejesuschrist ilovegod
sunshine sunshine1 sunshine12 sunshine123 princess princess1 princess12 princess123 football football1 football123
baseball baseball1 baseball123 basketball basketball1 superman superman1 superman123 batman123 spiderman spiderman1
starwars starwars1 starwars123 pokemon1 pokemon123 dragon123 monkey123 shadow123 master123 michael1 michelle jennifer
jennifer1 jessica1 charlie1 charlie123 whatever whatever1 trustno1 computer computer1 internet welcome1 welcome12
welcome123 welcome1234 welcome@123 welcometohell welcomehome qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
qwerty1234567 qwerty12345678 qwerty123456789 qwertyui qwertyuiop123 qwerty123! qweasdzxc qweasdzxc123 qwe123qwe
asdf1234 asdfasdf zaq12wsx zaq1zaq1 zaq1xsw2 zaq1@wsx !qaz2wsx 1qaz@wsx 1qazxsw2 1qaz2wsx3edc4rfv5tgb
abc12345 abcd1234 abcd12345 abc123456 abc123456789 abc123abc123 aa123456 aa12345678 a1234567 a12345678 a123456789
123456789a 12345678a 123456789q 1234qwer 12345qwert 123qweasd 123qweasdzxc 123qwe123qwe 12341234 11223344 112233445566
1122334455 123123123 123454321 12344321 1234554321 123321123 147258369 159753456 987654321 88888888 11111111 00000000
741852963 789456123 159357456 31415926 314159265 3141592653589793 3.14159265358979 1123581321345589
admin123 admin1234 admin12345 admin123456 administrator administrator1 administrator123 adminadmin admin@123 root1234
rootroot toor1234 guest123 guestguest user1234 testtest test1234 test12345 testing123 testtesttest demo1234
google123 facebook facebook1 linkedin linkedin1 microsoft microsoft1 windows10 samsung1 iphone123 android1
secret123 topsecret topsecret123 mysecret supersecret supersecret123 supersecretpassword supersecurepassword
godblessamerica jesuschrist jesusislord jesuslovesme jesuslovesyou godisgood godisgood1 godislove godisgreat
blessed1 heavenly praisethelord inthenameofjesus ourfatherwhoartinheaven thelordismyshepherd
hellokitty hellokitty1 helloworld helloworld1 helloworld123 hello123 hello1234 hello12345 hellohello hellothere
goodmorning goodnight happybirthday happynewyear merrychristmas happyhappy liverpool liverpool1 manchester chelsea1
arsenal1 barcelona realmadrid juventus yankees1 redsox04 bostonredsox newyorkyankees newengland patriots patriots12
steelers cowboys1 dallascowboys packers1 greenbay lakers24 chicago1 newyork1 newyorkcity losangeles sanfrancisco
maverick corvette mustang1 harley01 harleydavidson mercedes porsche911 ferrari1 lamborghini chevrolet
blink182 metallica slipknot nirvana1 eminem12 beyonce1 justinbieber onedirection michaeljackson
scooby12 tinkerbell garfield snickers cheesecake chocolate chocolate1 butterfly butterfly1 strawberry blueberry
elephant tigger12 sweetheart sweetpea beautiful beautiful1 gorgeous babygirl babygirl1 babygirl12 lovelove lovely12
forever1 foreverandever foreveryoung friends1 bestfriend bestfriends bestfriendsforever family123 familyfirst
summer12 summer123 summer2020 summer2021 summer2022 summer2023 summer2024 summer2025 summer2026 winter12 winter123
winter2020 winter2021 winter2022 winter2023 winter2024 winter2025 winter2026 spring2024 spring2025 spring2026
autumn2024 autumn2025 autumn2026 january1 september november december
correcthorsebatterystaple correct-horse-battery-staple correct.horse.battery.staple correct_horse_battery_staple
correcthorsebattery correcthorsebatterystaple1 tobeornottobe tobeornottobethatisthequestion thequickbrownfox
thequickbrownfoxjumpsoverthelazydog quickbrownfox loremipsum loremipsumdolorsitamet onceuponatime
maytheforcebewithyou theforceisstrong winteriscoming whosyourdaddy whoisyourdaddy iamthebest iamthebest1
itsasecret donttellanyone nopassword nopasswordneeded idontknow idontknow1 idontremember iforgotmypassword
iforgot123 forgetmenot ihatepasswords ihatethis dontforget dontforgetthis rememberthis rememberme
opensesame abracadabra supercalifragilistic supercalifragilisticexpialidocious antidisestablishmentarianism
onetwothree onetwothreefour onetwothreefourfive onetwothreefourfivesix abcdefg123 abcdefg1234567 aaaabbbbccccdddd
contraseña contrasena contraseña1 contraseña123 contrasena1 contrasena123 micontraseña micontrasena estaesmicontraseña
estaesmicontrasena teamo123 teamomucho tequiero tequiero1 tequieromucho teamoparasiempre holahola estrella mariposa
corazon1 princesa miamor12 dioseslove diosesamor diosesamor1 diosmeama jesusteama jesucristo barcelona1
patient123 patientportal patientportal1 patientportal123 mychart1 mychart123 mychartpassword doctor123 hospital
hospital1 hospital123 healthcare healthcare1 healthcare123 medicalrecord medicalrecords myhealth myhealth1 myhealth123
accesscode activation activationcode
`
    .trim()
    .split(/\s+/),
);
