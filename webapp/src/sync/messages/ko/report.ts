/** CSV 내보내기의 머리글과 관리자에게 보내는 메시지. */
export const report = {
    'csv.action': '작업',
    'csv.status': '상태',
    'csv.reason': '이유',
    'csv.display_name': '표시 이름',
    'csv.email': '이메일 주소',
    'csv.username': '사용자 이름',
    'csv.object_id': '개체 ID',
    'csv.account_id': '계정 ID',
    'csv.fields': '변경된 필드',
    'csv.error': '오류',
    'notice.held': 'Entra Sync가 관리자의 승인이 필요한 변경을 보류했습니다(시작 방법: {trigger}, {time}).',
    'notice.failed': 'Entra Sync 실행이 실패했습니다(시작 방법: {trigger}, {time}).',
    'notice.interrupted': 'Entra Sync 실행이 중단되었습니다(시작 방법: {trigger}, {time}).',
    'notice.stopped_early': 'Entra Sync 실행이 작업의 일부만 처리했습니다(시작 방법: {trigger}, {time}).',
    'notice.partial': '그때까지 처리된 내용: {counts}',
    'notice.look': '시스템 콘솔에서 Entra Sync 열기',
};
