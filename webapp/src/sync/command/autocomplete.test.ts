import {autocomplete} from './autocomplete';
import {parseCommand} from './parse';

test('every offered word is understood', () => {
    for (const {word, hint, description} of autocomplete({locale: 'en'}).words) {
        expect(parseCommand({text: `/entrasync ${word}${hint && ' lee@example.com'}`})).toMatchObject({word, fault: null});
        expect(description).not.toBe('');
    }
});

test('it speaks Korean', () => {
    expect(autocomplete({locale: 'ko'})).toMatchObject({hint: '[명령]', words: expect.arrayContaining([
        {word: 'user', hint: '[이메일 주소 또는 사용자 이름]', description: '사용자 한 명을 지금 동기화하고 결과를 보여 줍니다'},
    ])});
});
