/** What production asks for where usuarios runs, when nobody in a test reads any message: nobody listens there. */
export const mailSettings = {
  TEIA_APP_URL: 'https://app.exemplo.com',
  SMTP_URL: 'smtp://localhost:1',
  TEIA_EMAIL_REMETENTE: 'Teia <teia@exemplo.com>',
};
