"""What is the matter with a certificate, in a sentence that says who has to do what."""

import ssl

_SENTENCES = {
    9: "证书尚未生效，请核对本机时间，或请对方管理员更换证书",
    10: "证书已过期，请对方管理员更换证书",
    18: "对方用的是自签证书，请对方换用正式证书，或在设置中写明其根证书",
    19: "证书链中有未受信任的根证书，请在设置中写明其根证书",
    20: "找不到签发证书的机构，请对方管理员补全证书链，或在设置中写明其根证书",
    21: "证书链不完整，请对方管理员补全证书链",
    62: "证书上的主机名与设置中的不符，请核对设置中的主机名，或请对方管理员更换证书",
    64: "证书上没有这个 IP 地址，请在设置中改写主机名，或请对方管理员更换证书",
}
"""By OpenSSL's verification result (X509_V_ERR_*, openssl-verification-options(1))."""


def why(error: ssl.SSLCertVerificationError) -> str:
    """Which rule the certificate breaks, and the way out."""
    return _SENTENCES.get(error.verify_code, "请对方管理员检查证书")
