import {useRef, useState, type DragEvent, type ReactNode} from 'react';
import {FormattedMessage} from 'react-intl';

import {Notice} from '../../widgets/notice';

import {useEditor} from '../../policy/editor_context';
import {linesOfFile, type FileTrouble} from './read_file';

interface Props {

    /** Takes the entries of a file and says how many of them are new. */
    onLines(lines: string[]): number;
    children: ReactNode;
}

type Result = {name: string; trouble: FileTrouble | 'several'} | {name: string; trouble: null; added: number; known: number};

/** A list that also takes its entries from a file, dropped on it or chosen. */
export function FileDrop({onLines, children}: Props) {
    const {isDisabled} = useEditor();
    const chooser = useRef<HTMLInputElement>(null);
    const [isOver, setIsOver] = useState(false);
    const [result, setResult] = useState<Result | null>(null);

    const take = async (file: File | undefined, isOnly = true) => {
        if (!file || isDisabled) {
            return;
        }
        if (!isOnly) {
            setResult({name: file.name, trouble: 'several'});
            return;
        }
        const read = await linesOfFile(file);
        if ('trouble' in read) {
            setResult({name: file.name, trouble: read.trouble});
        } else {
            const added = onLines(read.lines);
            setResult({name: file.name, trouble: null, added, known: read.lines.length - added});
        }
    };
    const hover = (event: DragEvent) => {
        // Otherwise the browser would leave the page for the file.
        if ([...event.dataTransfer.types].includes('Files')) {
            event.preventDefault();
            setIsOver(!isDisabled);
        }
    };
    const drop = (event: DragEvent) => {
        if (event.dataTransfer.files.length > 0) {
            event.preventDefault();
            setIsOver(false);
            void take(event.dataTransfer.files[0], event.dataTransfer.files.length === 1);
        }
    };
    return (
        <div className={`EntraSync__drop${isOver ? ' EntraSync__drop--over' : ''}`} onDragOver={hover} onDragLeave={() => setIsOver(false)} onDrop={drop}>
            {children}
            <p className='EntraSync__dropHint'>
                <button type='button' className='btn btn-tertiary btn-sm' onClick={() => chooser.current?.click()}>
                    <FormattedMessage id='entrasync.users.file'/>
                </button>
                {' '}
                <span className='EntraSync__quiet'><FormattedMessage id='entrasync.users.file_hint'/></span>
            </p>
            <input
                ref={chooser}
                type='file'
                className='EntraSync__chooser'
                aria-hidden={true}
                tabIndex={-1}
                accept='.txt,.csv'
                onChange={(event) => {
                    void take(event.target.files?.[0]);
                    event.target.value = '';
                }}
            />
            <div role='status'>{result && <FileResult result={result}/>}</div>
        </div>
    );
}

function FileResult({result}: {result: Result}) {
    const name = <bdi key='name'>{result.name}</bdi>;
    return result.trouble === null ? (
        <p><FormattedMessage id='entrasync.users.file_added' values={{added: result.added, known: result.known, name}}/></p>
    ) : (
        <Notice kind='danger'><p><FormattedMessage id={`entrasync.users.file_${result.trouble}`} values={{name}}/></p></Notice>
    );
}
