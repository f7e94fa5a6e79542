/** The few texts of the console around a plugin's page, as in the web client. */
const words: Record<string, Record<string, string>> = {
    en: {
        'host.enable': 'Enable Plugin:',
        'host.enable_help': 'When true, this plugin is enabled.',
        'host.false': 'False',
        'host.loading': 'Loading',
        'host.not_loaded': 'To view this section, enable the plugin and save.',
        'host.password': 'Password',
        'host.plugins': 'Plugins',
        'host.regenerate': 'Regenerate',
        'host.save': 'Save',
        'host.set_by_env': 'This setting has been set through an environment variable. It cannot be changed through the System Console.',
        'host.sign_in': 'Log in',
        'host.true': 'True',
        'host.username': 'Email or Username',
    },
    ko: {
        'host.enable': '플러그인 활성화:',
        'host.enable_help': '예로 설정하면 이 플러그인을 사용합니다.',
        'host.false': '아니요',
        'host.loading': '불러오는 중',
        'host.not_loaded': '이 섹션을 보려면 플러그인을 활성화하고 저장하세요.',
        'host.password': '비밀번호',
        'host.plugins': '플러그인',
        'host.regenerate': '다시 생성',
        'host.save': '저장',
        'host.set_by_env': '이 설정은 환경 변수로 지정되었습니다. 시스템 콘솔에서는 변경할 수 없습니다.',
        'host.sign_in': '로그인',
        'host.true': '예',
        'host.username': '이메일 또는 사용자명',
    },
};

export function hostMessages(locale: string): Record<string, string> {
    return words[locale] ?? words.en as Record<string, string>;
}
