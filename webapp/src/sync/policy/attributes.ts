/**
 * The attributes that a policy may name: those of a user that `GET /v1.0/users` returns with `$select` and that are texts,
 * switches, times or lists of texts. An attribute of an object is written with a dot; Graph selects the object as a whole.
 *
 * Left out: what Graph answers for one user only and refuses in a list (`aboutMe`, `skills`, `mailboxSettings`…), what needs
 * more than User.Read.All (`signInActivity`, `employeeLeaveDateTime`, `customSecurityAttributes`), passwords, lists of
 * objects that are not in `keyOfObjects` (`identities`…), and what Microsoft advises against (`isResourceAccount`, `showInAddressList`).
 *
 * Source: https://learn.microsoft.com/graph/api/resources/user#properties
 */
export const readableAttributes = [
    'accountEnabled', 'ageGroup', 'assignedLicenses', 'businessPhones', 'city', 'companyName', 'consentProvidedForMinor', 'country', 'createdDateTime',
    'creationType', 'department', 'displayName', 'employeeHireDate', 'employeeId', 'employeeOrgData.costCenter',
    'employeeOrgData.division', 'employeeType', 'externalUserState', 'externalUserStateChangeDateTime', 'faxNumber', 'givenName',
    'id', 'imAddresses', 'jobTitle', 'lastPasswordChangeDateTime', 'legalAgeGroupClassification', 'mail',
    'mailNickname', 'mobilePhone', 'officeLocation', 'onPremisesDistinguishedName', 'onPremisesDomainName',
    'onPremisesExtensionAttributes.extensionAttribute1', 'onPremisesExtensionAttributes.extensionAttribute2',
    'onPremisesExtensionAttributes.extensionAttribute3', 'onPremisesExtensionAttributes.extensionAttribute4',
    'onPremisesExtensionAttributes.extensionAttribute5', 'onPremisesExtensionAttributes.extensionAttribute6',
    'onPremisesExtensionAttributes.extensionAttribute7', 'onPremisesExtensionAttributes.extensionAttribute8',
    'onPremisesExtensionAttributes.extensionAttribute9', 'onPremisesExtensionAttributes.extensionAttribute10',
    'onPremisesExtensionAttributes.extensionAttribute11', 'onPremisesExtensionAttributes.extensionAttribute12',
    'onPremisesExtensionAttributes.extensionAttribute13', 'onPremisesExtensionAttributes.extensionAttribute14',
    'onPremisesExtensionAttributes.extensionAttribute15', 'onPremisesImmutableId', 'onPremisesLastSyncDateTime',
    'onPremisesSamAccountName', 'onPremisesSecurityIdentifier', 'onPremisesSyncEnabled', 'onPremisesUserPrincipalName',
    'otherMails', 'passwordPolicies', 'postalCode', 'preferredLanguage', 'proxyAddresses',
    'signInSessionsValidFromDateTime', 'state', 'streetAddress', 'surname', 'usageLocation',
    'userPrincipalName', 'userType',
] as const;

export type ReadableAttribute = typeof readableAttributes[number];

/** Attributes that are lists of objects, and the member of each object that conditions compare. */
export const keyOfObjects: Partial<Record<ReadableAttribute, string>> = {assignedLicenses: 'skuId'};

/** What `$select` must name to read `attribute`. */
export function selectableOf(attribute: ReadableAttribute): string {
    return attribute.split('.', 1)[0]!;
}
