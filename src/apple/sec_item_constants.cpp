// SPDX-License-Identifier: Apache-2.0
// The constant strings of the headers of items, keys and import; the texts are Apple's.
#include <Security/SecImportExport.h>
#include <Security/SecItem.h>
#include <Security/SecKey.h>

#include "cf/string.hpp"

using securetransport::cf::constant_string;

const CFStringRef kSecClass = constant_string<"class">;
const CFStringRef kSecClassInternetPassword = constant_string<"inet">;
const CFStringRef kSecClassGenericPassword = constant_string<"genp">;
const CFStringRef kSecClassCertificate = constant_string<"cert">;
const CFStringRef kSecClassKey = constant_string<"keys">;
const CFStringRef kSecClassIdentity = constant_string<"idnt">;
const CFStringRef kSecAttrAccessible = constant_string<"pdmn">;
const CFStringRef kSecAttrAccess = constant_string<"acls">;
const CFStringRef kSecAttrAccessControl = constant_string<"accc">;
const CFStringRef kSecAttrAccessGroup = constant_string<"agrp">;
const CFStringRef kSecAttrSynchronizable = constant_string<"sync">;
const CFStringRef kSecAttrSynchronizableAny = constant_string<"syna">;
const CFStringRef kSecAttrCreationDate = constant_string<"cdat">;
const CFStringRef kSecAttrModificationDate = constant_string<"mdat">;
const CFStringRef kSecAttrDescription = constant_string<"desc">;
const CFStringRef kSecAttrComment = constant_string<"icmt">;
const CFStringRef kSecAttrCreator = constant_string<"crtr">;
const CFStringRef kSecAttrType = constant_string<"type">;
const CFStringRef kSecAttrLabel = constant_string<"labl">;
const CFStringRef kSecAttrIsInvisible = constant_string<"invi">;
const CFStringRef kSecAttrIsNegative = constant_string<"nega">;
const CFStringRef kSecAttrAccount = constant_string<"acct">;
const CFStringRef kSecAttrService = constant_string<"svce">;
const CFStringRef kSecAttrGeneric = constant_string<"gena">;
const CFStringRef kSecAttrSecurityDomain = constant_string<"sdmn">;
const CFStringRef kSecAttrServer = constant_string<"srvr">;
const CFStringRef kSecAttrProtocol = constant_string<"ptcl">;
const CFStringRef kSecAttrAuthenticationType = constant_string<"atyp">;
const CFStringRef kSecAttrPort = constant_string<"port">;
const CFStringRef kSecAttrPath = constant_string<"path">;
const CFStringRef kSecAttrSubject = constant_string<"subj">;
const CFStringRef kSecAttrIssuer = constant_string<"issr">;
const CFStringRef kSecAttrSerialNumber = constant_string<"slnr">;
const CFStringRef kSecAttrSubjectKeyID = constant_string<"skid">;
const CFStringRef kSecAttrPublicKeyHash = constant_string<"pkhh">;
const CFStringRef kSecAttrCertificateType = constant_string<"ctyp">;
const CFStringRef kSecAttrCertificateEncoding = constant_string<"cenc">;
const CFStringRef kSecAttrKeyClass = constant_string<"kcls">;
const CFStringRef kSecAttrApplicationLabel = constant_string<"klbl">;
const CFStringRef kSecAttrIsPermanent = constant_string<"perm">;
const CFStringRef kSecAttrIsSensitive = constant_string<"sens">;
const CFStringRef kSecAttrIsExtractable = constant_string<"extr">;
const CFStringRef kSecAttrApplicationTag = constant_string<"atag">;
const CFStringRef kSecAttrKeyType = constant_string<"type">;
const CFStringRef kSecAttrKeySizeInBits = constant_string<"bsiz">;
const CFStringRef kSecAttrEffectiveKeySize = constant_string<"esiz">;
const CFStringRef kSecAttrCanEncrypt = constant_string<"encr">;
const CFStringRef kSecAttrCanDecrypt = constant_string<"decr">;
const CFStringRef kSecAttrCanDerive = constant_string<"drve">;
const CFStringRef kSecAttrCanSign = constant_string<"sign">;
const CFStringRef kSecAttrCanVerify = constant_string<"vrfy">;
const CFStringRef kSecAttrCanWrap = constant_string<"wrap">;
const CFStringRef kSecAttrCanUnwrap = constant_string<"unwp">;
const CFStringRef kSecAttrAccessibleWhenUnlocked = constant_string<"ak">;
const CFStringRef kSecAttrAccessibleAfterFirstUnlock = constant_string<"ck">;
const CFStringRef kSecAttrAccessibleAlways = constant_string<"dk">;
const CFStringRef kSecAttrAccessibleWhenUnlockedThisDeviceOnly = constant_string<"aku">;
const CFStringRef kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly = constant_string<"cku">;
const CFStringRef kSecAttrAccessibleAlwaysThisDeviceOnly = constant_string<"dku">;
const CFStringRef kSecAttrKeyClassPublic = constant_string<"0">;
const CFStringRef kSecAttrKeyClassPrivate = constant_string<"1">;
const CFStringRef kSecAttrKeyClassSymmetric = constant_string<"2">;
const CFStringRef kSecAttrKeyTypeRSA = constant_string<"42">;
const CFStringRef kSecAttrKeyTypeDSA = constant_string<"43">;
const CFStringRef kSecAttrKeyTypeAES = constant_string<"2147483649">;
const CFStringRef kSecAttrKeyTypeDES = constant_string<"14">;
const CFStringRef kSecAttrKeyType3DES = constant_string<"17">;
const CFStringRef kSecAttrKeyTypeRC4 = constant_string<"25">;
const CFStringRef kSecAttrKeyTypeRC2 = constant_string<"23">;
const CFStringRef kSecAttrKeyTypeCAST = constant_string<"28">;
const CFStringRef kSecAttrKeyTypeECDSA = constant_string<"73">;
const CFStringRef kSecAttrKeyTypeEC = constant_string<"73">;
const CFStringRef kSecAttrKeyTypeECSECPrimeRandom = constant_string<"73">;
const CFStringRef kSecAttrProtocolFTP = constant_string<"ftp ">;
const CFStringRef kSecAttrProtocolFTPProxy = constant_string<"ftpx">;
const CFStringRef kSecAttrProtocolFTPS = constant_string<"ftps">;
const CFStringRef kSecAttrProtocolHTTP = constant_string<"http">;
const CFStringRef kSecAttrProtocolHTTPProxy = constant_string<"htpx">;
const CFStringRef kSecAttrProtocolHTTPS = constant_string<"htps">;
const CFStringRef kSecAttrProtocolHTTPSProxy = constant_string<"htsx">;
const CFStringRef kSecAttrProtocolIMAP = constant_string<"imap">;
const CFStringRef kSecAttrProtocolIMAPS = constant_string<"imps">;
const CFStringRef kSecAttrProtocolLDAP = constant_string<"ldap">;
const CFStringRef kSecAttrProtocolLDAPS = constant_string<"ldps">;
const CFStringRef kSecAttrProtocolPOP3 = constant_string<"pop3">;
const CFStringRef kSecAttrProtocolPOP3S = constant_string<"pops">;
const CFStringRef kSecAttrProtocolSMB = constant_string<"smb ">;
const CFStringRef kSecAttrProtocolSMTP = constant_string<"smtp">;
const CFStringRef kSecAttrProtocolSOCKS = constant_string<"sox ">;
const CFStringRef kSecAttrProtocolSSH = constant_string<"ssh ">;
const CFStringRef kSecAttrAuthenticationTypeDefault = constant_string<"dflt">;
const CFStringRef kSecAttrAuthenticationTypeHTTPBasic = constant_string<"http">;
const CFStringRef kSecAttrAuthenticationTypeHTTPDigest = constant_string<"httd">;
const CFStringRef kSecAttrAuthenticationTypeHTMLForm = constant_string<"form">;
const CFStringRef kSecAttrAuthenticationTypeNTLM = constant_string<"ntlm">;
const CFStringRef kSecMatchPolicy = constant_string<"m_Policy">;
const CFStringRef kSecMatchItemList = constant_string<"m_ItemList">;
const CFStringRef kSecMatchSearchList = constant_string<"m_SearchList">;
const CFStringRef kSecMatchIssuers = constant_string<"m_Issuers">;
const CFStringRef kSecMatchEmailAddressIfPresent = constant_string<"m_EmailAddressIfPresent">;
const CFStringRef kSecMatchSubjectContains = constant_string<"m_SubjectContains">;
const CFStringRef kSecMatchSubjectStartsWith = constant_string<"m_SubjectStartsWith">;
const CFStringRef kSecMatchSubjectEndsWith = constant_string<"m_SubjectEndsWith">;
const CFStringRef kSecMatchSubjectWholeString = constant_string<"m_SubjectWholeString">;
const CFStringRef kSecMatchCaseInsensitive = constant_string<"m_CaseInsensitive">;
const CFStringRef kSecMatchDiacriticInsensitive = constant_string<"m_DiacriticInsensitive">;
const CFStringRef kSecMatchWidthInsensitive = constant_string<"m_WidthInsensitive">;
const CFStringRef kSecMatchTrustedOnly = constant_string<"m_TrustedOnly">;
const CFStringRef kSecMatchValidOnDate = constant_string<"m_ValidOnDate">;
const CFStringRef kSecMatchLimit = constant_string<"m_Limit">;
const CFStringRef kSecMatchLimitOne = constant_string<"m_LimitOne">;
const CFStringRef kSecMatchLimitAll = constant_string<"m_LimitAll">;
const CFStringRef kSecReturnData = constant_string<"r_Data">;
const CFStringRef kSecReturnAttributes = constant_string<"r_Attributes">;
const CFStringRef kSecReturnRef = constant_string<"r_Ref">;
const CFStringRef kSecReturnPersistentRef = constant_string<"r_PersistentRef">;
const CFStringRef kSecValueData = constant_string<"v_Data">;
const CFStringRef kSecValueRef = constant_string<"v_Ref">;
const CFStringRef kSecValuePersistentRef = constant_string<"v_PersistentRef">;
const CFStringRef kSecUseItemList = constant_string<"u_ItemList">;
const CFStringRef kSecUseKeychain = constant_string<"u_Keychain">;
const CFStringRef kSecUseOperationPrompt = constant_string<"u_OpPrompt">;
const CFStringRef kSecUseNoAuthenticationUI = constant_string<"u_NoAuthUI">;
const CFStringRef kSecUseAuthenticationUI = constant_string<"u_AuthUI">;
const CFStringRef kSecUseAuthenticationContext = constant_string<"u_AuthCtx">;
const CFStringRef kSecUseDataProtectionKeychain = constant_string<"nleg">;

const CFStringRef kSecImportExportPassphrase = constant_string<"passphrase">;
const CFStringRef kSecImportExportKeychain = constant_string<"keychain">;
const CFStringRef kSecImportExportAccess = constant_string<"access">;
const CFStringRef kSecImportToMemoryOnly = constant_string<"memory">;
const CFStringRef kSecImportItemLabel = constant_string<"label">;
const CFStringRef kSecImportItemKeyID = constant_string<"keyid">;
const CFStringRef kSecImportItemTrust = constant_string<"trust">;
const CFStringRef kSecImportItemCertChain = constant_string<"chain">;
const CFStringRef kSecImportItemIdentity = constant_string<"identity">;

const CFStringRef kSecPrivateKeyAttrs = constant_string<"private">;
const CFStringRef kSecPublicKeyAttrs = constant_string<"public">;

#define ST_SIGNATURE(symbol, text, scheme, hash, input) const SecKeyAlgorithm symbol = constant_string<text>;
#define ST_ENCRYPTION(symbol, text, scheme, hash) const SecKeyAlgorithm symbol = constant_string<text>;
#define ST_AGREEMENT(symbol, text) const SecKeyAlgorithm symbol = constant_string<text>;
#include "apple/key_algorithms.def"
#undef ST_SIGNATURE
#undef ST_ENCRYPTION
#undef ST_AGREEMENT
