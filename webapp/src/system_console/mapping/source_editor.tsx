import {FormattedMessage, useIntl, type IntlShape} from 'react-intl';

import {MAX_SOURCES} from '../../sync/policy/mapping';
import {mappableAttributes, parseSource} from '../../sync/policy/source';
import {ignoreEnter} from '../widgets/ignore_enter';
import {TextList} from '../widgets/text_list';
import {useElementId} from '../widgets/use_element_id';

/** Characters of a separator. */
const maxSeparator = 128;

/** Characters of a source. */
const maxSource = 256;

/** What a join begins with; the administrator changes it. */
const firstSeparator = ' ';

interface Props {
    sources: string[];

    /** Undefined takes the first source that is not empty. */
    separator: string | undefined;
    isDisabled: boolean;
    onSources(sources: string[]): void;
    onSeparator(separator: string | undefined): void;
}

/** Where a value comes from: attributes and templates, best first or all of them. */
export function SourceEditor({sources, separator, isDisabled, onSources, onSeparator}: Props) {
    const intl = useIntl();
    return (
        <>
            <TextList
                items={sources}
                label={<FormattedMessage id='entrasync.source.label'/>}
                help={<FormattedMessage id='entrasync.source.help' values={{example: <code>{'{displayName} ({department})'}</code>}}/>}
                addLabel={intl.formatMessage({id: 'entrasync.source.add'})}
                isOrdered={true}
                suggestions={mappableAttributes}
                min={1}
                max={MAX_SOURCES}
                faultOf={(index) => sourceWords(intl, sources[index]!)}
                isDisabled={isDisabled}
                onChange={onSources}
            />
            <JoinChoice separator={separator} isDisabled={isDisabled} onChange={onSeparator}/>
        </>
    );
}

function JoinChoice({separator, isDisabled, onChange}: {separator: string | undefined; isDisabled: boolean; onChange(separator: string | undefined): void}) {
    const intl = useIntl();
    const id = useElementId();
    const isJoined = separator !== undefined;
    return (
        <div className='EntraSync__pair'>
            <div>
                <label htmlFor={id}><FormattedMessage id='entrasync.join.label'/></label>
                <select
                    id={id}
                    className='form-control'
                    value={isJoined ? 'all' : 'first'}
                    disabled={isDisabled}
                    onChange={(event) => onChange(event.target.value === 'all' ? firstSeparator : undefined)}
                >
                    <option value='first'>{intl.formatMessage({id: 'entrasync.join.first'})}</option>
                    <option value='all'>{intl.formatMessage({id: 'entrasync.join.all'})}</option>
                </select>
            </div>
            {isJoined && (
                <div>
                    <label htmlFor={`${id}-separator`}><FormattedMessage id='entrasync.join.separator'/></label>
                    <input
                        id={`${id}-separator`}
                        type='text'
                        className='form-control'
                        value={separator}
                        maxLength={maxSeparator}
                        disabled={isDisabled}
                        onChange={(event) => onChange(event.target.value)}
                        onKeyDown={ignoreEnter}
                    />
                </div>
            )}
        </div>
    );
}

/** What is wrong with a source, or null. */
export function sourceWords(intl: IntlShape, source: string): string | null {
    if (source.length > maxSource) {
        return intl.formatMessage({id: 'entrasync.source.too_long'}, {max: maxSource});
    }
    const {fault} = parseSource(source);
    return fault && intl.formatMessage({id: `entrasync.source.${fault.kind}`}, {...fault});
}
