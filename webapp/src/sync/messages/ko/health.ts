/** How the sync is doing and what needs attention, on the page and in `/entrasync status`. */
export const health = {
    'health.not_set_up': '설정되지 않음',
    'health.blocked': '설정 때문에 차단됨',
    'health.failing': '실행 실패',
    'health.attention': '확인 필요',
    'health.new': '아직 실행하지 않음',
    'health.healthy': '정상',
    'attention.credential_soon': '클라이언트 암호 또는 인증서 만료 예정: {time}',
    'attention.credential_expired': '클라이언트 암호 또는 인증서 만료: {time}',
    'attention.preview_holds': '동기화하면 관리자가 승인할 때까지 이 변경을 보류합니다.',
    'attention.conflicts': '충돌 {count, number}건: 사용자와 계정이 일대일로 일치하지 않아 변경하지 않습니다.',
    'attention.failing': '사용자 {count, number}명의 변경이 실패했으며 나중에 다시 시도합니다.',
};
