/*
 * What a policy may name of a directory user: the attributes of Microsoft Graph's `user` that hold text and that a list of
 * users can select. Others of its attributes (aboutMe, skills, mailboxSettings, …) make Graph refuse the whole list.
 * Source: https://learn.microsoft.com/graph/api/resources/user
 */

/** One text each. */
const single = [
    'ageGroup', 'city', 'companyName', 'consentProvidedForMinor', 'country', 'creationType', 'department', 'displayName', 'employeeId',
    'employeeType', 'externalUserState', 'faxNumber', 'givenName', 'id', 'jobTitle', 'legalAgeGroupClassification', 'mail', 'mailNickname',
    'mobilePhone', 'officeLocation', 'onPremisesDistinguishedName', 'onPremisesDomainName', 'onPremisesImmutableId',
    'onPremisesSamAccountName', 'onPremisesSecurityIdentifier', 'onPremisesUserPrincipalName', 'postalCode', 'preferredDataLocation',
    'preferredLanguage', 'securityIdentifier', 'state', 'streetAddress', 'surname', 'usageLocation', 'userPrincipalName', 'userType',
];

/** A list of texts each; the first one that is not blank counts. */
const lists = ['businessPhones', 'imAddresses', 'otherMails', 'proxyAddresses'];

/** Graph selects the object that holds them, never one of them. */
const extensions = Array.from({length: 15}, (_, at) => `onPremisesExtensionAttributes.extensionAttribute${at + 1}`);

/** All names that a policy may write. */
export const textAttributes: readonly string[] = [...single, ...lists, ...extensions];

const known = new Set(textAttributes);

export function isTextAttribute(name: string): boolean {
    return known.has(name);
}

/** What `$select` must ask for to get the attribute. */
export function selectedName(attribute: string): string {
    return attribute.split('.', 1)[0]!;
}
