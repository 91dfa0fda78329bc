package dev.sluice.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM text (RFC 7468): certificates, and private keys as PKCS #8, PKCS #1 and SEC 1. */
final class Pems {
  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN (RSA |EC |ENCRYPTED |)PRIVATE KEY-----([^-]*)-----END \\1PRIVATE KEY-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  // AlgorithmIdentifier { rsaEncryption, NULL }.
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };
  // OBJECT IDENTIFIER id-ecPublicKey.
  private static final byte[] EC = {0x06, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};
  private static final byte[] VERSION_0 = {2, 1, 0};

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 4;
  private static final int EC_PARAMETERS = 0xa0;

  private Pems() {}

  /** At least one certificate. */
  static List<X509Certificate> certificates(String name, String pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      byte[] bytes = pem.getBytes(StandardCharsets.UTF_8);
      for (Certificate found : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
        certificates.add((X509Certificate) found);
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException(name + ": not a certificate in PEM format", e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(name + ": holds no certificate in PEM format");
    }
    return certificates;
  }

  /** The first private key. */
  static PrivateKey privateKey(String name, String pem) {
    Matcher matcher = KEY.matcher(pem);
    if (!matcher.find()) {
      throw new IllegalArgumentException(name + ": holds no private key in PEM format");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(matcher.group(2));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": the private key is not valid base64", e);
    }
    return switch (matcher.group(1)) {
      case "RSA " -> decode(name, sequence(VERSION_0, RSA, tlv(OCTET_STRING, der)));
      case "EC " -> decode(name, fromSec1(name, der));
      case "ENCRYPTED " ->
          throw new IllegalArgumentException(
              name + ": the private key is encrypted; give it without a passphrase");
      default -> decode(name, der);
    };
  }

  /** Whether what one signs the other verifies. */
  static boolean belongTogether(PublicKey open, PrivateKey secret) throws GeneralSecurityException {
    if (!open.getAlgorithm().equals(secret.getAlgorithm())) {
      return false;
    }
    String name =
        switch (open.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] message = {1};
    Signature signature = Signature.getInstance(name);
    signature.initSign(secret);
    signature.update(message);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(message);
    return signature.verify(signed);
  }

  private static PrivateKey decode(String name, byte[] pkcs8) {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException _) {
        // Not of this algorithm; perhaps of the next.
      }
    }
    throw new IllegalArgumentException(name + ": not an RSA, EC or EdDSA private key");
  }

  /** RFC 5915's ECPrivateKey as PKCS #8: the curve moves to the algorithm. */
  private static byte[] fromSec1(String name, byte[] der) {
    try {
      int position = contentStart(der, 0);
      while (position < der.length) {
        int start = contentStart(der, position);
        int end = start + contentLength(der, position);
        if ((der[position] & 0xff) == EC_PARAMETERS) {
          byte[] curve = Arrays.copyOfRange(der, start, end);
          return sequence(VERSION_0, sequence(EC, curve), tlv(OCTET_STRING, der));
        }
        position = end;
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(name + ": the private key is cut off", e);
    }
    throw new IllegalArgumentException(name + ": the EC private key does not name its curve");
  }

  private static int contentStart(byte[] der, int position) {
    int length = der[position + 1] & 0xff;
    return position + 2 + (length < 0x80 ? 0 : length & 0x7f);
  }

  private static int contentLength(byte[] der, int position) {
    int length = der[position + 1] & 0xff;
    if (length < 0x80) {
      return length;
    }
    int value = 0;
    for (int i = 0; i < (length & 0x7f); i++) {
      value = (value << 8) | (der[position + 2 + i] & 0xff);
    }
    return value;
  }

  private static byte[] sequence(byte[]... elements) {
    int size = 0;
    for (byte[] element : elements) {
      size += element.length;
    }
    byte[] content = new byte[size];
    int position = 0;
    for (byte[] element : elements) {
      System.arraycopy(element, 0, content, position, element.length);
      position += element.length;
    }
    return tlv(SEQUENCE, content);
  }

  /** Tag, length in three bytes, value; longer lengths than needed are BER, which Java reads. */
  private static byte[] tlv(int tag, byte[] value) {
    byte[] tlv = new byte[value.length + 4];
    tlv[0] = (byte) tag;
    tlv[1] = (byte) 0x82;
    tlv[2] = (byte) (value.length >>> 8);
    tlv[3] = (byte) value.length;
    System.arraycopy(value, 0, tlv, 4, value.length);
    return tlv;
  }
}
