package company

import "fmt"

type romanized struct{ hangul, latin string }

var (
	koreanSurnames = []romanized{{"이", "lee"}, {"박", "park"}, {"최", "choi"}, {"정", "jung"}, {"강", "kang"}, {"조", "cho"}, {"윤", "yoon"}}
	koreanGiven    = []romanized{{"서연", "seoyeon"}, {"도현", "dohyun"}, {"하은", "haeun"}, {"시우", "siwoo"}, {"예린", "yerin"},
		{"주원", "juwon"}, {"지아", "jia"}, {"건우", "gunwoo"}, {"수빈", "subin"}, {"현우", "hyunwoo"}, {"다은", "daeun"}}
	koreanTeams = []string{"플랫폼팀", "디자인팀", "영업팀", "재무팀", "품질팀"}

	latinSurnames = []string{"Fischer", "Rossi", "Silva", "Nguyen", "Okafor", "Larsen", "Dubois", "Garcia", "Suzuki"}
	latinGiven    = []string{"Emma", "Noah", "Mia", "Liam", "Ava", "Lucas", "Elena"}
	latinTeams    = []string{"Platform", "Design", "Sales", "Finance", "Quality"}
	languages     = []string{"en-US", "de-DE", "it-IT", "pt-BR", "vi-VN", "en-GB", "nb-NO", "fr-FR", "es-ES", "ja-JP"}
)

const (
	koreanStaff = 26
	latinStaff  = 24
)

// staff are ordinary users. Their names contain neither "Kim" nor "한".
func staff() []person {
	var all []person
	for i := range koreanStaff {
		surname, given := koreanSurnames[i%len(koreanSurnames)], koreanGiven[i%len(koreanGiven)]
		team := koreanTeams[i%len(koreanTeams)]
		display := surname.hangul + given.hangul
		if i%3 == 0 {
			display += " (" + team + ")"
		}
		all = append(all, member(display, given.hangul, surname.hangul, given.latin+"."+surname.latin).works(team, "사원", "ko-KR").with(employed(i)))
	}
	for i := range latinStaff {
		surname, given := latinSurnames[i%len(latinSurnames)], latinGiven[i%len(latinGiven)]
		team := latinTeams[i%len(latinTeams)]
		display := given + " " + surname
		if i%4 == 0 {
			display += " [" + team + "]"
		}
		all = append(all, member(display, given, surname, lower(given)+"."+lower(surname)).works(team, "Specialist", languages[i%len(languages)]).with(employed(koreanStaff+i)))
	}
	return all
}

// employed fills the attributes that an HR system provides.
func employed(number int) func(*person) {
	return func(p *person) {
		p.EmployeeID = nullable(fmt.Sprintf("E%05d", 1000+number))
		p.MobilePhone = nullable(fmt.Sprintf("+82 10 5550 %04d", number))
		p.BusinessPhones = []string{fmt.Sprintf("+82 2 555 %04d", number)}
		p.OfficeLocation = nullable(fmt.Sprintf("%dF", 1+number%9))
	}
}
