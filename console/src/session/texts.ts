/** Texts of the sign-in. */
import { textsOf } from '../i18n/texts.ts';

export const sessionTexts = textsOf({
  en: {
    login: 'Login',
    password: 'Password',
    signIn: 'Sign in',
    wrong: 'Login or password is wrong.',
    title: 'Sign in',
    welcome: 'One customer record, whatever system asks.',
    showPassword: 'Show or hide the password',
  },
  de: {
    login: 'Anmeldename',
    password: 'Passwort',
    signIn: 'Anmelden',
    wrong: 'Anmeldename oder Passwort ist falsch.',
    title: 'Anmelden',
    welcome: 'Ein Kundendatensatz, welches System auch fragt.',
    showPassword: 'Passwort zeigen oder verbergen',
  },
  pt: {
    login: 'Utilizador',
    password: 'Palavra-passe',
    signIn: 'Iniciar sessão',
    wrong: 'O utilizador ou a palavra-passe estão errados.',
    title: 'Iniciar sessão',
    welcome: 'Um só registo de cliente, seja qual for o sistema que pergunta.',
    showPassword: 'Mostrar ou ocultar a palavra-passe',
  },
});
