// SPDX-License-Identifier: Apache-2.0
// Files of every form, made by openssl and certtool, and one clear sentence for each kind of damage.
#include "securetransport/trust/import.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "trust/x509.hpp"
#include "trust_case.hpp"

namespace securetransport::test {
namespace {

std::string without_lines(std::string text, const std::string& word) {
  const auto at = text.find(word);
  return text.erase(at, text.find('\n', at) + 1 - at);
}

/// A chain and its key in files, and programs that make other files of them.
class Workshop {
 public:
  Workshop() {
    static int count = 0;
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("import-" + std::to_string(getpid()) + "-" + std::to_string(++count));
    std::filesystem::create_directory(folder_);
    write("leaf.pem", leaf.pem());
    write("ca.pem", family.intermediate.pem());
    write("root.pem", family.root.pem());
    write("chain.pem", leaf.pem() + family.intermediate.pem());
    write("key.pem", key_pem(leaf.key));
  }
  ~Workshop() { std::filesystem::remove_all(folder_); }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  /// What the command writes into the file `out`.
  [[nodiscard]] std::string made_by(const std::string& command) const {
    const std::string line = "cd '" + folder_.string() + "' && " + command + " > log.txt 2>&1";
    EXPECT_EQ(std::system(line.c_str()), 0) << command << '\n' << read("log.txt");
    return read("out");
  }

  Family family;
  TestCertificate leaf = family.leaf();

 private:
  std::filesystem::path folder_;
};

ImportResult import(std::string_view input, std::optional<std::string_view> passphrase = {}, bool wants_keys = true) {
  return import_items({{reinterpret_cast<const std::uint8_t*>(input.data()), input.size()}, passphrase, wants_keys});
}

/// "PEM: 2 certificates, 1 keys, 1 identities (2)": the last number counts the certificates of the first identity.
std::string outcome(const ImportResult& result) {
  if (!result) return result.error->detail;
  const ImportedItems& items = result.items;
  std::string text(to_string(items.form));
  text += ": " + std::to_string(items.certificates.size()) + " certificates";
  if (!items.crls.empty()) text += ", " + std::to_string(items.crls.size()) + " lists";
  if (!items.keys.empty()) text += ", " + std::to_string(items.keys.size()) + " keys";
  if (!items.public_keys.empty()) text += ", " + std::to_string(items.public_keys.size()) + " public keys";
  if (!items.identities.empty()) {
    text += ", " + std::to_string(items.identities.size()) + " identities (" +
            std::to_string(items.identities.front().identity.chain().size()) + ")";
  }
  return text;
}

struct Row {
  const char* what;
  std::string command;
  std::optional<std::string_view> passphrase;
  const char* expected;
};

void expect_rows(const Workshop& workshop, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(outcome(import(workshop.made_by(row.command), row.passphrase)), row.expected);
  }
}

TEST(Import, ReadsPkcs7AndDerAndKeysAsOpensslWritesThem) {
  const Workshop workshop;
  expect_rows(workshop,
              {{"DER", "openssl x509 -in leaf.pem -outform DER -out out", {}, "DER certificate: 1 certificates"},
               {"PKCS#7 in DER",
                "openssl crl2pkcs7 -nocrl -certfile chain.pem -outform DER -out out",
                {},
                "PKCS#7: 2 certificates"},
               {"PKCS#7 in PEM", "openssl crl2pkcs7 -nocrl -certfile chain.pem -out out", {}, "PEM: 2 certificates"},
               {"CMS in PEM",
                "openssl cms -sign -binary -in key.pem -signer leaf.pem -inkey key.pem -outform PEM -out out",
                {},
                "PEM: 1 certificates"},
               {"signed PKCS#7, open-ended lengths",
                "openssl smime -sign -stream -binary -in key.pem -signer leaf.pem -inkey key.pem -certfile ca.pem "
                "-outform DER -out out",
                {},
                "PKCS#7: 2 certificates"},
               {"PKCS#8 in DER",
                "openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out out",
                {},
                "DER private key: 0 certificates, 1 keys"},
               {"locked PKCS#8 in DER", "openssl pkcs8 -topk8 -in key.pem -passout pass:secret -outform DER -out out",
                "secret", "DER private key: 0 certificates, 1 keys"},
               {"locked with scrypt", "openssl pkcs8 -topk8 -scrypt -in key.pem -passout pass:secret -out out",
                "secret", "PEM: 0 certificates, 1 keys"},
               {"locked with DES and MD5",
                "openssl pkcs8 -provider legacy -provider default -topk8 -v1 PBE-MD5-DES -in key.pem -passout "
                "pass:secret -out out",
                "secret", "PEM: 0 certificates, 1 keys"},
               {"older form in DER",
                "openssl ec -in key.pem -outform DER -out out",
                {},
                "DER private key: 0 certificates, 1 keys"},
               {"older form, locked", "openssl ec -in key.pem -aes256 -passout pass:secret -out out", "secret",
                "PEM: 0 certificates, 1 keys"},
               {"public key in DER",
                "openssl pkey -in key.pem -pubout -outform DER -out out",
                {},
                "DER public key: 0 certificates, 1 public keys"}});
}

TEST(Import, ReadsPkcs12OfOldAndNewMakes) {
  const Workshop workshop;
  const std::string export_it = "openssl pkcs12 -export -in leaf.pem -inkey key.pem -certfile ca.pem -out out ";
  const char* const all = "PKCS#12: 2 certificates, 1 keys, 1 identities (2)";
  expect_rows(workshop,
              {{"AES", export_it + "-passout pass:secret", "secret", all},
               {"RC2 and 3DES", export_it + "-legacy -passout pass:secret", "secret", all},
               {"3DES", export_it + "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1 -passout pass:secret",
                "secret", all},
               {"not encrypted", export_it + "-keypbe NONE -certpbe NONE -nomac -passout pass:", {}, all},
               {"empty passphrase, none given", export_it + "-passout pass:", {}, all},
               {"empty passphrase, empty given", export_it + "-passout pass:", "", all},
               {"passphrase in UTF-8", export_it + "-passout 'pass:gr\xC3\xBC\xC3\x9F'", "gr\xC3\xBC\xC3\x9F", all},
               {"certificates alone", "openssl pkcs12 -export -nokeys -in chain.pem -passout pass:secret -out out",
                "secret", "PKCS#12: 2 certificates"},
               {"GnuTLS",
                "certtool --to-p12 --load-privkey key.pem --load-certificate leaf.pem --load-ca-certificate ca.pem "
                "--p12-name shop --password secret --outder --outfile out",
                "secret", all}});
}

TEST(Import, KeepsTheFriendlyNameOfPkcs12) {
  const Workshop workshop;
  const auto result = import(
      workshop.made_by("openssl pkcs12 -export -in leaf.pem -inkey key.pem -name 'My shop' -passout pass:x -out out"),
      "x");
  ASSERT_EQ(result.items.identities.size(), 1U) << outcome(result);
  EXPECT_EQ(result.items.identities.front().label, "My shop");
}

TEST(Import, FindsTheCertificateOfAKeyInAnyOrder) {
  const Workshop workshop;
  const auto& [root, intermediate] = workshop.family;
  const std::string key = key_pem(workshop.leaf.key);
  const auto result = import(root.pem() + key + intermediate.pem() + "text between\r\n" + workshop.leaf.pem());
  ASSERT_EQ(outcome(result), "PEM: 3 certificates, 1 keys, 1 identities (3)");
  const ImportedIdentity& found = result.items.identities.front();
  EXPECT_EQ(found.certificate, 2U);
  const std::vector<Certificate> expected{parsed(workshop.leaf), parsed(intermediate), parsed(root)};
  EXPECT_EQ(found.identity.chain(), expected);
  EXPECT_EQ(EVP_PKEY_eq(found.identity.impl().key.get(), workshop.leaf.key.get()), 1);
}

TEST(Import, GivesAKeyBackAsPkcs8) {
  const Workshop workshop;
  const std::string der = workshop.made_by("openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out out");
  const auto result = import(key_pem(workshop.leaf.key));
  ASSERT_EQ(result.items.keys.size(), 1U);
  const SecretBytes pkcs8 = result.items.keys.front().der();
  EXPECT_EQ(std::string(pkcs8.view().begin(), pkcs8.view().end()), der);
  const auto spki = result.items.keys.front().public_key().der();
  const std::string public_der = workshop.made_by("openssl pkey -in key.pem -pubout -outform DER -out out");
  EXPECT_EQ(std::string(spki.begin(), spki.end()), public_der);
}

TEST(Import, ReadsRevocationLists) {
  const Workshop workshop;
  const std::string pem = workshop.made_by(
      "touch index && printf '[a]\\ndatabase=index\\ndefault_md=sha256\\ndefault_crl_days=9\\n' > conf && "
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -out c -subj /CN=CA && "
      "openssl ca -config conf -name a -gencrl -keyfile k -cert c -out out");
  EXPECT_EQ(outcome(import(pem)), "PEM: 0 certificates, 1 lists");
  workshop.write("crl.pem", pem);
  EXPECT_EQ(outcome(import(workshop.made_by("openssl crl -in crl.pem -outform DER -out out"))),
            "DER revocation list: 0 certificates, 1 lists");
}

TEST(Import, TakesMoreCertificatesThanAServerMaySend) {
  const Workshop workshop;
  std::string pem;
  for (int count = 0; count < 300; ++count) pem += workshop.leaf.pem();
  EXPECT_EQ(outcome(import(pem)), "PEM: 300 certificates");
}

TEST(Import, NeedsNoPassphraseForKeysThatNobodyWants) {
  const Workshop workshop;
  const std::string text =
      workshop.leaf.pem() + key_pem(workshop.leaf.key, "secret") + traditional_key_pem(workshop.leaf.key, "secret");
  EXPECT_EQ(outcome(import(text, {}, false)), "PEM: 1 certificates");
}

struct BadRow {
  const char* what;
  std::string input;
  std::optional<std::string_view> passphrase;
  ImportProblem problem;
  const char* detail;
};

TEST(Import, SaysInOneSentenceWhatIsWrongAndWhere) {
  const Workshop workshop;
  const std::string leaf = workshop.leaf.pem();
  const std::string der(workshop.leaf.der.begin(), workshop.leaf.der.end());
  const std::string key = key_pem(workshop.leaf.key);
  const std::string locked = key_pem(workshop.leaf.key, "secret");
  const std::string p12 =
      workshop.made_by("openssl pkcs12 -export -in leaf.pem -inkey key.pem -passout pass:secret -out out");
  const std::string dsa = workshop.made_by(
      "openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:1024 -out p && "
      "openssl genpkey -paramfile p -out out");
  const std::string request = workshop.made_by("openssl req -new -key key.pem -subj /CN=x -out out");
  const std::string enveloped = workshop.made_by("openssl cms -encrypt -in key.pem -outform DER -out out leaf.pem");
  const std::string long_text(1025, 'x');
  std::string broken = leaf;
  broken[80] = '!';
  const std::vector<BadRow> rows{
      {"nothing", "", {}, ImportProblem::UnknownForm, "it is empty"},
      {"text",
       "hello\n",
       {},
       ImportProblem::UnknownForm,
       "it is neither PEM nor DER of a certificate, a key, PKCS#7 or PKCS#12"},
      {"UTF-16",
       std::string("\xFF\xFE-\0-\0", 6),
       {},
       ImportProblem::UnknownForm,
       "it is UTF-16 text; save it as UTF-8"},
      {"a request",
       request,
       {},
       ImportProblem::Unsupported,
       "there is nothing but CERTIFICATE REQUEST in line 1, which is not read here"},
      {"no end",
       "x\n" + without_lines(leaf, "-----END") + leaf,
       {},
       ImportProblem::Damaged,
       "CERTIFICATE in line 2: its END line is missing"},
      {"BEGIN line cut short",
       "-----BEGIN CERTIFICATE\n" + leaf,
       {},
       ImportProblem::Damaged,
       "CERTIFICATE in line 1: its BEGIN line is damaged"},
      {"BEGIN line and nothing more",
       "-----BEGIN CERTIFICATE",
       {},
       ImportProblem::Damaged,
       "CERTIFICATE in line 1: its BEGIN line is damaged"},
      {"bad base64",
       "one\ntwo\n" + broken,
       {},
       ImportProblem::Damaged,
       "CERTIFICATE in line 3: its base64 text is damaged"},
      {"cut DER",
       der.substr(0, der.size() - 5),
       {},
       ImportProblem::UnknownForm,
       "it is neither PEM nor DER of a certificate, a key, PKCS#7 or PKCS#12"},
      {"locked key",
       locked,
       {},
       ImportProblem::PassphraseMissing,
       "ENCRYPTED PRIVATE KEY in line 1: the private key is encrypted and no passphrase was given"},
      {"wrong passphrase", locked, "wrong", ImportProblem::PassphraseWrong,
       "ENCRYPTED PRIVATE KEY in line 1: the passphrase does not open the private key"},
      {"older locked key",
       traditional_key_pem(workshop.leaf.key, "secret"),
       {},
       ImportProblem::PassphraseMissing,
       "EC PRIVATE KEY in line 1: the private key is encrypted and no passphrase was given"},
      {"older locked key, wrong", traditional_key_pem(workshop.leaf.key, "secret"), "wrong",
       ImportProblem::PassphraseWrong, "EC PRIVATE KEY in line 1: the passphrase does not open the private key"},
      {"PKCS#12 without passphrase",
       p12,
       {},
       ImportProblem::PassphraseMissing,
       "the PKCS#12 data is encrypted and no passphrase was given"},
      {"PKCS#12 with a wrong one", p12, "wrong", ImportProblem::PassphraseWrong,
       "the passphrase does not open the PKCS#12 data"},
      {"long passphrase", p12, long_text, ImportProblem::TooMuch, "the passphrase is longer than 1024 bytes"},
      {"DSA",
       dsa,
       {},
       ImportProblem::Unsupported,
       "PRIVATE KEY in line 1: a private key of this kind is not supported"},
      {"enveloped",
       enveloped,
       {},
       ImportProblem::Unsupported,
       "the PKCS#7 data is not of the kind that holds certificates"},
  };
  for (const BadRow& row : rows) {
    SCOPED_TRACE(row.what);
    const auto result = import(row.input, row.passphrase);
    ASSERT_TRUE(result.error) << outcome(result);
    EXPECT_EQ(result.error->problem, row.problem) << result.error->detail;
    EXPECT_EQ(result.error->detail, row.detail);
    EXPECT_TRUE(result.items.certificates.empty());
  }
}

std::string text_of(std::unique_ptr<BIO, decltype(&BIO_free)> out) {
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

/// A PKCS#8 block that asks for this much work; what is locked in it is no key.
std::string locked_key(X509_ALGOR* made) {
  const std::unique_ptr<X509_ALGOR, decltype(&X509_ALGOR_free)> asked(made, X509_ALGOR_free);
  const std::unique_ptr<X509_SIG, decltype(&X509_SIG_free)> locked(X509_SIG_new(), X509_SIG_free);
  X509_ALGOR* scheme = nullptr;
  ASN1_OCTET_STRING* contents = nullptr;
  X509_SIG_getm(locked.get(), &scheme, &contents);
  X509_ALGOR_copy(scheme, asked.get());
  ASN1_OCTET_STRING_set(contents, reinterpret_cast<const unsigned char*>("0123456789abcdef"), 16);
  std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PKCS8(out.get(), locked.get());
  return text_of(std::move(out));
}

std::string locked_by_pbkdf2(int rounds) {
  return locked_key(PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), rounds, nullptr, 0, nullptr, -1));
}

/// An empty PKCS#12 whose checksum asks for this many rounds.
std::string store_with_checksum(int rounds) {
  const std::unique_ptr<PKCS12, decltype(&PKCS12_free)> store(PKCS12_init(NID_pkcs7_data), PKCS12_free);
  STACK_OF(PKCS7)* const safes = sk_PKCS7_new_null();
  PKCS12_pack_authsafes(store.get(), safes);
  sk_PKCS7_free(safes);
  PKCS12_set_mac(store.get(), "secret", 6, nullptr, 0, 1, EVP_sha256());
  PKCS12_setup_mac(store.get(), rounds, nullptr, 0, EVP_sha256());
  std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  i2d_PKCS12_bio(out.get(), store.get());
  return text_of(std::move(out));
}

TEST(Import, RefusesHoursOfWork) {
  const auto problem = [&](const std::string& input) {
    const auto result = import(input, "secret");
    return result.error ? result.error->problem : ImportProblem::UnknownForm;
  };
  const int too_many = 0x7FFFFFFF;
  EXPECT_EQ(problem(locked_by_pbkdf2(2)), ImportProblem::PassphraseWrong);
  EXPECT_EQ(problem(locked_by_pbkdf2(too_many)), ImportProblem::TooMuch);
  const auto scrypt = [](std::uint64_t cost, std::uint64_t parallel) {
    return locked_key(PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, cost, 1, parallel));
  };
  EXPECT_EQ(problem(scrypt(2, 1)), ImportProblem::PassphraseWrong);
  EXPECT_EQ(problem(scrypt(16'384, 65'536)), ImportProblem::TooMuch);
  EXPECT_EQ(problem(store_with_checksum(2)), ImportProblem::PassphraseWrong);
  EXPECT_EQ(problem(store_with_checksum(too_many)), ImportProblem::TooMuch);
}

TEST(Import, AddsUpTheWorkOfSeveralKeys) {
  const Workshop workshop;
  const std::string one =
      workshop.made_by("openssl pkcs8 -topk8 -in key.pem -iter 500000 -passout pass:secret -out out");
  EXPECT_EQ(outcome(import(one, "secret")), "PEM: 0 certificates, 1 keys");
  const auto result = import(one + locked_by_pbkdf2(9'500'001), "secret");
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->problem, ImportProblem::TooMuch) << result.error->detail;
}

TEST(Import, SurvivesTruncationsAndFlippedBytes) {
  const Workshop workshop;
  const std::string export_it = "openssl pkcs12 -export -in leaf.pem -inkey key.pem -out out -iter 1 ";
  for (const std::string& good :
       {workshop.made_by(export_it + "-passout pass:x"),
        workshop.made_by(export_it + "-keypbe NONE -certpbe NONE -nomac -passout pass:"),
        workshop.made_by("openssl crl2pkcs7 -nocrl -certfile leaf.pem -outform DER -out out"),
        workshop.made_by("openssl pkcs8 -topk8 -in key.pem -iter 1 -passout pass:x -outform DER -out out")}) {
    for (std::size_t size = 0; size < good.size(); size += 7) {
      EXPECT_FALSE(import(good.substr(0, size), "x")) << size << " of " << good.size();
    }
    for (std::size_t at = 0; at < good.size(); at += 3) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ 0x55);
      static_cast<void>(import(bad, "x"));
    }
  }
}

TEST(Import, LeavesTheErrorQueueAsItWas) {
  ERR_clear_error();
  const Workshop workshop;
  static_cast<void>(import("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
  static_cast<void>(import(std::string("\x30\x03\x02\x01\x00", 5)));
  static_cast<void>(import(workshop.leaf.pem()));
  EXPECT_EQ(ERR_get_error(), 0U);
}

}  // namespace
}  // namespace securetransport::test
