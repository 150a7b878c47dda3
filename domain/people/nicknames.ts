/** Whether two first names, as keys, are usual forms of one name (Bob, Robert). A hint for a reviewer, never a match. */
export function areNicknames(firstKey: string, secondKey: string): boolean {
  return firstKey !== secondKey && groups.some((group) => group.has(firstKey) && group.has(secondKey));
}

const groups: readonly ReadonlySet<string>[] = `
abigail abby gail|alexander alex alec sasha sandy xander|alexandra alex sandra sasha sandy lexi|alfred al fred alf
amanda mandy|andrew andy drew|ann anne anna annie nancy nan|anthony tony ant|barbara barb babs barbie|benjamin ben benny
beverly bev|caroline carol carrie|catherine katherine kathryn cathy kathy kate katie kat kay kitty|charles charlie chuck
chas|christina christine chris tina christy|christopher chris kit topher|cynthia cindy|daniel dan danny|david dave davey
deborah debra deb debbie|dennis denny|donald don donny|dorothy dot dottie dolly|douglas doug|edward ed eddie ted ned
eleanor ellie nell nora|elizabeth liz lizzie beth betsy betty eliza elsie lisa libby|emily em emmy|eugene gene
evelyn eve evie|florence flo flossie|frances fran fanny frankie|francis frank|franklin frank|frederick fred freddy
gabriel gabe|gerald gerry jerry|gregory greg|harold hal harry|harriet hattie|helen nell nellie|henry hank harry hal
isabel isabella bella izzy|jacob jake|jacqueline jackie|james jim jimmy jamie|janet jan|jason jay|jeffrey geoffrey jeff geoff
jennifer jen jenny|jessica jess jessie|joanna joanne jo|john jack johnny jon|jonathan jon john|joseph joe joey|joshua josh
judith judy|kenneth ken kenny|kimberly kim|laurence lawrence larry|leonard leo len lenny|louis lou louie|louise lou
margaret maggie meg peg peggy marge margie rita greta|martha marty patty|martin marty|mary molly polly mamie|matthew matt
megan meg|michael mike mick mickey|michelle shelly|nancy nan|natalie nat|nathaniel nathan nate nat|nicholas nick nicky
nicole nicky|oliver ollie|pamela pam|patricia pat patty trish tricia|patrick pat paddy|peter pete|philip phil
priscilla cilla|rachel rae|raymond ray|rebecca becky becca|richard rick rich dick ricky|robert rob bob bobby robbie bert
roberta bobbie|ronald ron ronnie|rosemary rose rosie|samantha sam sammy|samuel sam sammy|sandra sandy|sarah sara sally sadie
stanley stan|stephanie steph|stephen steven steve|susan sue susie suzanne|teresa theresa terry tess tessa|theodore ted teddy theo
thomas tom tommy|timothy tim|valerie val|veronica ronnie|victor vic|victoria vicky tori|vincent vince vinny|virginia ginny
walter walt wally|wilfred will fred|william will bill billy liam willy|zachary zach zack
francisco paco pancho|jose pepe|guadalupe lupe|ignacio nacho|jesus chuy|rosario charo|dolores lola|concepcion concha conchita
enrique quique|eduardo lalo|roberto beto|manuel manolo|mercedes meche|isabel chabela|antonio tono tony|graciela chela
`
  .split(/[|\n]/)
  .map((group) => new Set(group.trim().split(' ')));
