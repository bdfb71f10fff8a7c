// SPDX-License-Identifier: Apache-2.0
// Our engine, set up as a scenario wants its victim.
#include "cli/lab_victim.hpp"

namespace securetransport::cli {
namespace {

constexpr std::uint16_t kTls13 = 0x0304;
constexpr std::uint16_t kPskSuite = 0x00a8;  // TLS_PSK_WITH_AES_128_GCM_SHA256
constexpr std::uint16_t kDheSuites[]{0x009e, 0x0033};
constexpr std::uint16_t kStaticRsaSuites[]{0x009c, 0x002f};

PreSharedKey known_psk() {
  return {std::string(lab::kVictimPskIdentity), {lab::kVictimPsk.begin(), lab::kVictimPsk.end()}};
}

template <std::size_t Count>
void add_suites(SessionConfig& config, const std::uint16_t (&suites)[Count]) {
  for (const std::uint16_t suite : suites) config.cipher_suites.push_back(CipherSuite{suite});
}

void set_common(SessionConfig& config, const lab::Victim& victim, std::uint16_t version, const LabMaterial& material) {
  if (version == lab::kDtls12) {
    config.transport_kind = TransportKind::Datagram;
    config.retransmission_timeout = victim.retransmission;
  } else {
    config.versions = {ProtocolVersion{victim.min_version}, ProtocolVersion{victim.max_version}};
  }
  config.roots = material.roots;
  config.trust_policy = victim.has_platform_rules ? TrustPolicy::Apple : TrustPolicy::Rfc5280;
  if (victim.offers_dhe) add_suites(config, kDheSuites);
  if (victim.offers_static_rsa) add_suites(config, kStaticRsaSuites);
  if (victim.knows_psk) config.cipher_suites.push_back(CipherSuite{kPskSuite});
}

std::optional<AtsPolicy> policy_of(lab::AtsRules rules) {
  AtsPolicy policy;
  switch (rules) {
    case lab::AtsRules::None: return std::nullopt;
    case lab::AtsRules::Default: break;
    case lab::AtsRules::Only13: policy.minimum_version = kTls13; break;
    case lab::AtsRules::Fcp: policy.requires_extended_master_secret = true; break;
    case lab::AtsRules::WrongPins: policy.leaf_pins = std::vector<Pin>{Pin{}}; break;
  }
  return policy;
}

Result<std::optional<Identity>> identity_of_victim(const lab::Scenario& scenario, const LabMaterial& material) {
  const lab::Credential kind = victim_credential(scenario);
  if (kind == lab::Credential::None) return std::optional<Identity>();
  Result<Identity> own = material.identity(kind, victim_bearer(scenario));
  if (!own) return own.error();
  return std::optional(*std::move(own));
}

}  // namespace

Result<LabMaterial> LabMaterial::make() {
  LabMaterial material;
  Result<std::unique_ptr<lab::Vault>> vault = lab::Vault::open();
  if (!vault) return vault.error();
  material.vault = *std::move(vault);
  const Result<std::vector<Certificate>> roots = Certificate::from_pem(material.vault->root_pem());
  if (!roots) return roots.error();
  material.roots = RootStore::of(*roots);
  return material;
}

Result<Identity> LabMaterial::identity(lab::Credential kind, lab::Bearer bearer) const {
  const Result<lab::Credentials> made = vault->credentials(kind, bearer);
  if (!made) return made.error();
  return Identity::from_pem(made->chain_pem, made->key_pem);
}

Result<ClientConfig> client_for(const lab::Scenario& scenario, std::uint16_t version, const LabMaterial& material) {
  const lab::Victim& victim = scenario.victim;
  ClientConfig config;
  set_common(config, victim, version, material);
  config.peer_name = host_of(scenario);
  config.ats = policy_of(victim.ats);
  config.break_on_server_auth = victim.accepts_anybody;
  config.require_extended_master_secret = victim.requires_extended_master_secret;
  config.require_secure_renegotiation = victim.requires_secure_renegotiation;
  config.allow_renegotiation = victim.renegotiates;
  if (victim.knows_psk) config.psk = known_psk();
  Result<std::optional<Identity>> own = identity_of_victim(scenario, material);
  if (!own) return own.error();
  config.identity = *std::move(own);
  return config;
}

Result<ServerConfig> server_for(const lab::Scenario& scenario, std::uint16_t version, const LabMaterial& material) {
  const lab::Victim& victim = scenario.victim;
  ServerConfig config;
  set_common(config, victim, version, material);
  config.allow_renegotiation = victim.renegotiates;
  if (victim.demands_certificate) config.client_authentication = ClientAuthentication::Always;
  if (victim.insists_on_names) config.known_names = {"known.lab.test"};
  if (victim.knows_psk) config.psks = {known_psk()};
  Result<std::optional<Identity>> own = identity_of_victim(scenario, material);
  if (!own) return own.error();
  if (*own) config.identities.push_back(**std::move(own));
  return config;
}

}  // namespace securetransport::cli
