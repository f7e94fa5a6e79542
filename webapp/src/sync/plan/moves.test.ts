import {ELSEWHERE, orderMoves, parkingValue, refusedMoves, waitingFor, type Move} from './moves';

const move = (account_id: string, to: string, holder_id = ''): Move => ({account_id, to, holder_id});
const ids = (moves: Iterable<Move>) => [...moves].map(({account_id}) => account_id);

test('a move is refused when its value stays with an account, with something else, or is given already', () => {
    const moves = [move('a', 'A', 'x'), move('b', 'B', ELSEWHERE), move('c', 'C'), move('d', 'C'), move('e', 'E', 'c')];
    expect(ids(refusedMoves(moves))).toEqual(['a', 'b', 'd']);
});

test('what waits for a refused move is blocked as well', () => {
    const {groups, circles, blocked} = orderMoves([move('a', 'B', 'b'), move('b', 'C', 'c'), move('d', 'E', 'e'), move('e', 'D', 'd'), move('f', 'F')]);
    expect([groups.map(ids), circles.map(ids), ids(blocked).sort()]).toEqual([[['f']], [['d', 'e']], ['a', 'b']]);
});

test('what waits for a held move waits through others, and a held move that is blocked holds nothing', () => {
    const moves = [move('a', 'B', 'b'), move('b', 'C', 'c'), move('c', 'F'), move('d', 'E', 'e'), move('e', 'X', 'x')];
    expect(ids(waitingFor([moves[2]!, moves[4]!], orderMoves(moves))).sort()).toEqual(['a', 'b', 'c']);
});

test('a value for a moment is valid for an account of its own', () => {
    const id = 'a'.repeat(26);
    expect(parkingValue('username', {account_id: id, to: 'bea'})).toMatch(/^[a-z][a-z0-9.-]{2,63}$/);
    expect(parkingValue('email', {account_id: id, to: 'bea@corp.example'})).toBe(`entrasync-${id}@corp.example`);
});
